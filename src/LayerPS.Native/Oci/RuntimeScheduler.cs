namespace LayerPS.Oci;

/// <summary>How the process is scheduled, see sched_setattr(2) (runtime-spec, config.md, "scheduler").</summary>
internal sealed record RuntimeScheduler
{
    /// <summary>SCHED_OTHER, SCHED_FIFO …</summary>
    public required string Policy { get; init; }

    public int Nice { get; set; }

    public int Priority { get; set; }

    /// <summary>SCHED_FLAG_RESET_ON_FORK …</summary>
    public IReadOnlyList<string> Flags { get; set; } = [];

    /// <summary>In nanoseconds, as the two others.</summary>
    public ulong Runtime { get; set; }

    public ulong Deadline { get; set; }

    public ulong Period { get; set; }
}
