using System.Buffers;
using System.Text.Json;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>The content of <c>state.json</c>.</summary>
/// <remarks>
/// Field by field: a monitor writes one twice in its life, and the serializer's model of the type took a tenth of the time
/// that a container needs to start, and most of the memory of its monitor.
/// </remarks>
internal static class ContainerRunJson
{
    internal static byte[] ToJson(this ContainerRun run)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteString("state", run.State.ToString());
        writer.WriteNumber("pid", run.Pid);
        writer.WriteNumber("pidStartTime", run.PidStartTime);
        writer.WriteNumber("monitorPid", run.MonitorPid);
        writer.WriteNumber("monitorStartTime", run.MonitorStartTime);
        if (run.Started is { } started) writer.WriteString("started", started);
        if (run.Finished is { } finished) writer.WriteString("finished", finished);
        if (run.ExitCode is { } exitCode) writer.WriteNumber("exitCode", exitCode);
        writer.WriteNumber("signal", run.Signal);
        writer.WriteString("exitReason", run.ExitReason.ToString());
        if (run.Error is { } error) writer.WriteString("error", error);
        writer.WriteNumber("restartCount", run.RestartCount);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="JsonException">It is not such a content.</exception>
    internal static ContainerRun Parse(ReadOnlySpan<byte> json)
    {
        ContainerRun run = new();
        JsonFields fields = new(json);
        while (fields.Next() is { } name)
        {
            run = name switch
            {
                "state" => run with { State = fields.ReadEnum<ContainerState>() },
                "pid" => run with { Pid = fields.ReadInteger() },
                "pidStartTime" => run with { PidStartTime = fields.ReadLong() },
                "monitorPid" => run with { MonitorPid = fields.ReadInteger() },
                "monitorStartTime" => run with { MonitorStartTime = fields.ReadLong() },
                "started" => run with { Started = fields.ReadTime() },
                "finished" => run with { Finished = fields.ReadTime() },
                "exitCode" => run with { ExitCode = fields.ReadInteger() },
                "signal" => run with { Signal = fields.ReadInteger() },
                "exitReason" => run with { ExitReason = fields.ReadEnum<ContainerExitReason>() },
                "error" => run with { Error = fields.ReadText() },
                "restartCount" => run with { RestartCount = fields.ReadInteger() },
                _ => run,
            };
        }

        return run;
    }
}
