namespace LayerPS.Oci;

/// <summary>The share of disks (runtime-spec, config-linux.md, "Block IO").</summary>
internal sealed record RuntimeBlockDevices
{
    public long? Weight { get; set; }

    public long? LeafWeight { get; set; }

    public IReadOnlyList<RuntimeBlockWeight> WeightDevice { get; set; } = [];

    public IReadOnlyList<RuntimeBlockRate> ThrottleReadBpsDevice { get; set; } = [];

    public IReadOnlyList<RuntimeBlockRate> ThrottleWriteBpsDevice { get; set; } = [];

    [System.Text.Json.Serialization.JsonPropertyName("throttleReadIOPSDevice")]
    public IReadOnlyList<RuntimeBlockRate> ThrottleReadOperationsDevice { get; set; } = [];

    [System.Text.Json.Serialization.JsonPropertyName("throttleWriteIOPSDevice")]
    public IReadOnlyList<RuntimeBlockRate> ThrottleWriteOperationsDevice { get; set; } = [];
}
