namespace LayerPS.Oci;

/// <summary>How much of one disk in a second: bytes or operations (runtime-spec, config-linux.md, "Block IO").</summary>
internal sealed record RuntimeBlockRate
{
    public long Major { get; set; }

    public long Minor { get; set; }

    public ulong Rate { get; set; }
}
