using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Reads the configuration of an image that comes from outside.</summary>
internal static class ImageSpecReader
{
    /// <summary>More than the kernel's overlayfs can stack.</summary>
    internal const int MaximumLayers = 499;

    /// <exception cref="EngineException">ArchiveInvalid; ArchiveRefused: more layers than can be mounted.</exception>
    internal static ImageSpec Read(string name, ReadOnlySpan<byte> content)
    {
        ImageSpec spec = ImageFiles.ParseJson(name, content, ImageJson.Default.ImageSpec);
        if (spec.RootFileSystem.Type != "layers") throw Fault(name, $"a root file system of '{spec.RootFileSystem.Type}'");
        if (spec.RootFileSystem.DiffIds.Any(static id => !ContentDigest.TryGetHex(id, out _)))
            throw Fault(name, "a layer without a SHA-256 digest");
        if (spec.RootFileSystem.DiffIds.Count > MaximumLayers)
            throw new EngineException(
                EngineErrors.ArchiveRefused,
                $"The archive was refused: the image '{name}' has more than {MaximumLayers} layers.", name);
        // Null where a value belongs is not what the serializer looks for inside of lists.
        IEnumerable<object?> values =
        [
            .. spec.History ?? [], .. spec.Config?.Env ?? [], .. spec.Config?.Cmd ?? [], .. spec.Config?.Entrypoint ?? [],
            .. spec.Config?.Labels?.Values ?? [],
        ];
        return values.Contains(null) ? throw Fault(name, "null where a value belongs") : spec;
    }

    /// <summary>The hex digits of each layer's tar, the base first.</summary>
    internal static IReadOnlyList<string> DiffIdsOf(ImageSpec spec) =>
        [.. spec.RootFileSystem.DiffIds.Select(static id => id[ContentDigest.Prefix.Length..])];

    private static EngineException Fault(string name, string what) =>
        ArchiveErrors.Invalid($"the image's configuration '{name}' has {what}");
}
