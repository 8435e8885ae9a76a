using System.Text.Json;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>The JSON of a container's state (runtime-spec, runtime.md, "State"), with the fields that engines know besides.</summary>
internal static class StateDocument
{
    internal static byte[] Write(ContainerDescription container)
    {
        using MemoryStream stream = new();
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
        Write(writer, container);
        writer.Flush();
        return stream.ToArray();
    }

    internal static void Write(Utf8JsonWriter writer, ContainerDescription container)
    {
        writer.WriteStartObject();
        writer.WriteString("ociVersion", container.OciVersion);
        writer.WriteString("id", container.Id);
        writer.WriteNumber("pid", container.Pid);
        writer.WriteString("status", container.Status);
        writer.WriteString("bundle", container.Bundle);
        if (container.RootFileSystem is { } root) writer.WriteString("rootfs", root);
        if (container.Created is { } created) writer.WriteString("created", created.UtcDateTime);
        if (container.Annotations.Count > 0)
        {
            writer.WriteStartObject("annotations");
            foreach ((string name, string value) in container.Annotations) writer.WriteString(name, value);
            writer.WriteEndObject();
        }

        if (container.Owner is { } owner) writer.WriteString("owner", owner);
        writer.WriteEndObject();
    }
}
