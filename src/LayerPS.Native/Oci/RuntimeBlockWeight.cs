namespace LayerPS.Oci;

/// <summary>The share of one disk (runtime-spec, config-linux.md, "Block IO").</summary>
internal sealed record RuntimeBlockWeight
{
    public long Major { get; set; }

    public long Minor { get; set; }

    public long? Weight { get; set; }

    public long? LeafWeight { get; set; }
}
