using System.Text.Json;
using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>The process that asked for a command, and its pipes by their numbers in it.</summary>
internal sealed record ExecutionSession
{
    public required int Pid { get; init; }

    /// <summary>See <see cref="Linux.ProcessHandle.StartTimeOf"/>.</summary>
    public required long StartTime { get; init; }

    /// <summary>Null for an empty input.</summary>
    public int? Input { get; set; }

    public required int Output { get; init; }

    public required int Error { get; init; }

    /// <summary>Where the exit code is told; it closes with the command's supervisor, however that ends.</summary>
    public required int End { get; init; }

    internal static ExecutionSession Read(JsonElement session) => new()
    {
        Pid = session.Field("pid").GetInt32(),
        StartTime = session.Field("startTime").GetInt64(),
        Input = session.Field("input") is var input && input.IsThere() ? input.GetInt32() : null,
        Output = session.Field("output").GetInt32(),
        Error = session.Field("error").GetInt32(),
        End = session.Field("end").GetInt32(),
    };
}
