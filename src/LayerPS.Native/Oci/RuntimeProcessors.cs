namespace LayerPS.Oci;

/// <summary>Limits of the processors' time (runtime-spec, config-linux.md, "CPU").</summary>
internal sealed record RuntimeProcessors
{
    public long? Shares { get; set; }

    /// <summary>Microseconds in each period.</summary>
    public long? Quota { get; set; }

    /// <summary>In microseconds.</summary>
    public long? Period { get; set; }

    /// <summary><c>0-2,5</c>.</summary>
    public string? Cpus { get; set; }
}
