namespace LayerPS.Oci;

/// <summary>Limits of the processors' time (runtime-spec, config-linux.md, "CPU").</summary>
internal sealed record RuntimeProcessors
{
    public long? Shares { get; set; }

    /// <summary>Microseconds in each period.</summary>
    public long? Quota { get; set; }

    /// <summary>Microseconds beyond the quota that were saved before.</summary>
    public long? Burst { get; set; }

    /// <summary>In microseconds.</summary>
    public long? Period { get; set; }

    /// <summary>Microseconds in each period, for processes of the real-time schedulers.</summary>
    public long? RealtimeRuntime { get; set; }

    /// <summary>In microseconds.</summary>
    public long? RealtimePeriod { get; set; }

    /// <summary><c>0-2,5</c>.</summary>
    public string? Cpus { get; set; }

    /// <summary>The memory nodes, <c>0-1</c>.</summary>
    public string? Mems { get; set; }

    /// <summary>1 for what runs only when nothing else does.</summary>
    public long? Idle { get; set; }
}
