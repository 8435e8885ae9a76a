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
}
