namespace LayerPS.Oci;

/// <summary>The processors of a further command (runtime-spec, config.md, "execCPUAffinity").</summary>
internal sealed record RuntimeAffinity
{
    /// <summary>Until it is in the container's cgroup, <c>0-3,7</c>.</summary>
    public string? Initial { get; set; }

    /// <summary>From then on.</summary>
    public string? Final { get; set; }
}
