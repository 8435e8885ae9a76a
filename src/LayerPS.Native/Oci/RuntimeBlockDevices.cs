namespace LayerPS.Oci;

/// <summary>The share of disks (runtime-spec, config-linux.md, "Block IO").</summary>
internal sealed record RuntimeBlockDevices
{
    public long? Weight { get; set; }
}
