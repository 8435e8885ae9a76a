using System.Text.Json;
using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Makes the configuration of today for an image of docker before 1.10.</summary>
internal static class LegacyConfiguration
{
    // What spoke of the layer and not of the image, or what is said anew.
    private static readonly HashSet<string> Dropped =
        ["id", "parent", "Size", "parent_id", "layer_id", "throwaway", "architecture", "os", "rootfs", "history"];

    /// <summary>All that the topmost layer says, and the list of layers with a line of history for each.</summary>
    /// <param name="layers">The base first.</param>
    /// <param name="diffIds">The hex digits of each one's tar.</param>
    /// <exception cref="EngineException">ArchiveInvalid: a text of the metadata has half a character.</exception>
    internal static byte[] Of(IReadOnlyList<LegacyLayer> layers, IReadOnlyList<string> diffIds)
    {
        try
        {
            return Merge(layers, diffIds);
        }
        catch (InvalidOperationException e)
        {
            throw ArchiveErrors.Invalid($"'{layers[^1].JsonName}' has a text that is none ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static byte[] Merge(IReadOnlyList<LegacyLayer> layers, IReadOnlyList<string> diffIds)
    {
        LegacyLayer top = layers[^1];
        // It was read as an object already.
        using JsonDocument former = JsonDocument.Parse(top.Json);
        SortedDictionary<string, JsonElement> properties = new(StringComparer.Ordinal);
        foreach (JsonProperty property in former.RootElement.EnumerateObject())
            if (!Dropped.Contains(property.Name)) properties[property.Name] = property.Value;

        using MemoryStream output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            foreach ((string name, JsonElement value) in properties)
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }

            // The first dockers did not say what they were for: there was only one platform.
            json.WriteString("architecture", OrElse(top.Metadata.Architecture, "amd64"));
            json.WriteString("os", OrElse(top.Metadata.Os, "linux"));
            json.WritePropertyName("history");
            JsonSerializer.Serialize(json, [.. layers.Select(StepOf)], ImageJson.Default.IReadOnlyListImageHistory);
            json.WritePropertyName("rootfs");
            JsonSerializer.Serialize(
                json,
                new ImageRootFileSystem { Type = "layers", DiffIds = [.. diffIds.Select(static id => ContentDigest.Prefix + id)] },
                ImageJson.Default.ImageRootFileSystem);
            json.WriteEndObject();
        }

        return output.ToArray();
    }

    private static string OrElse(string? text, string other) => string.IsNullOrEmpty(text) ? other : text;

    private static ImageHistory StepOf(LegacyLayer layer) => new()
    {
        Created = layer.Metadata.Created,
        CreatedBy = string.Join(' ', layer.Metadata.ContainerConfig?.Cmd ?? []),
        Author = layer.Metadata.Author,
        Comment = layer.Metadata.Comment,
    };
}
