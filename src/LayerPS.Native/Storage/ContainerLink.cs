namespace LayerPS.Storage;

/// <summary>What the store reads of a container's record: on which layer it stands.</summary>
internal sealed record ContainerLink
{
    public required string Name { get; init; }

    public required string LayerId { get; init; }
}
