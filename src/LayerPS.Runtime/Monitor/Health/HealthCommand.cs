using System.Buffers;
using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// The plan of a health command, as <see cref="ExecutionPlan"/> has it, field by field out of <c>config.json</c>: the
/// serializer's model would stay in the monitor's memory.
/// </summary>
internal static class HealthCommand
{
    /// <param name="command">The command.</param>
    /// <param name="container">The container's process.</param>
    /// <param name="output">The pipe of this process that the command writes to.</param>
    /// <param name="end">The one that its end is told to.</param>
    /// <returns>With the end of the line.</returns>
    internal static byte[] Line(IReadOnlyList<string> command, int container, int output, int end)
    {
        using JsonDocument document = JsonDocument.Parse(SmallFile.Read(ContainerFiles.Configuration));
        JsonElement annotations = document.RootElement.Field("annotations");
        JsonElement linux = document.RootElement.Field("linux");
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        WriteProcess(writer, document.RootElement.Field("process"), command);
        WriteText(writer, "user", annotations.Text(RuntimeSpec.UserAnnotation));
        writer.WriteNumber("pid", container);
        writer.WriteNumber("pidStartTime", ProcessHandle.StartTimeOf(container) ?? 0);
        writer.WriteStartArray("namespaces");
        foreach (string type in linux.List("namespaces", static made => made.RequiredText("type"))) writer.WriteStringValue(type);
        writer.WriteEndArray();
        WriteText(writer, "cgroupPath", linux.Text("cgroupsPath"));
        WriteText(writer, "seccomp", annotations.Text(RuntimeSpec.SeccompAnnotation));
        writer.WriteStartObject("session");
        writer.WriteNumber("pid", Environment.ProcessId);
        writer.WriteNumber("startTime", ProcessHandle.StartTimeOf(Environment.ProcessId) ?? 0);
        writer.WriteNumber("output", output);
        writer.WriteNumber("error", output);
        writer.WriteNumber("end", end);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteProcess(Utf8JsonWriter writer, JsonElement process, IReadOnlyList<string> command)
    {
        writer.WriteStartObject("process");
        writer.WriteStartArray("args");
        foreach (string word in command) writer.WriteStringValue(word);
        writer.WriteEndArray();
        foreach (JsonProperty field in process.EnumerateObject())
        {
            if (field.Name is not ("args" or "terminal" or "consoleSize")) field.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }
}
