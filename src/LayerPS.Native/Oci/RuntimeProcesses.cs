namespace LayerPS.Oci;

/// <summary>The limit of processes (runtime-spec, config-linux.md, "PIDs").</summary>
internal sealed record RuntimeProcesses
{
    public long Limit { get; set; }
}
