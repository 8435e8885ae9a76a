using System.Buffers;
using System.Text.Json;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>A line of the file of events: one object, field by field for the same reason as <see cref="ContainerRunJson"/>.</summary>
internal static class EventLine
{
    /// <summary>With the end of the line.</summary>
    internal static byte[] Write(ContainerEvent happened)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteString("time", happened.Time);
        writer.WriteString("kind", happened.Kind.ToString());
        writer.WriteString("container", happened.Container);
        writer.WriteString("id", happened.Id);
        if (happened.Image is { } image) writer.WriteString("image", image);
        if (happened.ExitCode is { } exitCode) writer.WriteNumber("exitCode", exitCode);
        if (happened.Detail is { } detail) writer.WriteString("detail", detail);
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">Cut off, or of a kind that only a later version knows.</exception>
    internal static ContainerEvent Parse(ReadOnlySpan<byte> line)
    {
        ContainerEvent happened = new() { Time = default, Kind = default, Container = "", Id = "" };
        JsonFields fields = new(line);
        while (fields.Next() is { } name)
        {
            happened = name switch
            {
                "time" => happened with { Time = fields.ReadTime() },
                "kind" => happened with { Kind = fields.ReadEnum<ContainerEventKind>() },
                "container" => happened with { Container = fields.ReadText() },
                "id" => happened with { Id = fields.ReadText() },
                "image" => happened with { Image = fields.ReadText() },
                "exitCode" => happened with { ExitCode = fields.ReadInteger() },
                "detail" => happened with { Detail = fields.ReadText() },
                _ => happened,
            };
        }

        return happened.Id.Length > 0 ? happened : throw new JsonException("It names no container.");
    }
}
