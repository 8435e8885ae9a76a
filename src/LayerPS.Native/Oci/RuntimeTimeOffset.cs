namespace LayerPS.Oci;

/// <summary>What a clock of a new time namespace is ahead by, see time_namespaces(7).</summary>
internal sealed record RuntimeTimeOffset
{
    public long Secs { get; set; }

    public uint Nanosecs { get; set; }
}
