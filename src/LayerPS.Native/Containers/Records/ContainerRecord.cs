using LayerPS.Cgroups;

namespace LayerPS.Containers;

/// <summary>What a container is: <c>container.json</c> in its directory.</summary>
internal sealed record ContainerRecord
{
    internal const int CurrentVersion = 1;

    /// <summary>The number of this format; a newer one is refused.</summary>
    public int Version { get; set; } = CurrentVersion;

    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The image by the name that it was made from; by its id when that had none.</summary>
    public required string Image { get; init; }

    public required string ImageId { get; init; }

    /// <summary>The layer that the writable layer lies on: its parent.</summary>
    public required string LayerId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required ContainerConfig Config { get; init; }

    internal string CgroupPath => ContainerCgroup.PathOf(Config.CgroupParent, Id);
}
