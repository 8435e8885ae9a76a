namespace LayerPS.Containers;

/// <summary>
/// The latest run of a container: <c>state.json</c> beside its record. The monitor writes it while it holds the
/// container's run lock; without that lock only a recovery does. A container that never ran has none.
/// </summary>
internal sealed record ContainerRun
{
    public ContainerState State { get; init; }

    /// <summary>The process with number 1 inside, by its number on the host.</summary>
    public int Pid { get; init; }

    /// <summary>See <see cref="Linux.ProcessHandle.StartTimeOf"/>.</summary>
    public long PidStartTime { get; init; }

    public int MonitorPid { get; init; }

    public long MonitorStartTime { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    /// <summary>128 + n after signal n, as shells have it; null while running or unknown.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The signal that ended it; 0 for none.</summary>
    public int Signal { get; init; }

    public ContainerExitReason ExitReason { get; init; }

    /// <summary>Why it could not be started.</summary>
    public string? Error { get; init; }

    /// <summary>How often the restart policy started it again since the user did.</summary>
    public int RestartCount { get; init; }
}
