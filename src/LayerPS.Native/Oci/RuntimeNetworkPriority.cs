namespace LayerPS.Oci;

/// <summary>The priority of what the container sends through one network device.</summary>
internal sealed record RuntimeNetworkPriority
{
    public required string Name { get; init; }

    public uint Priority { get; set; }
}
