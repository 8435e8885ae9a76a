namespace LayerPS;

/// <summary>How much room something takes in a store. All sizes are bytes of content.</summary>
public sealed record ContainerStorageUsage
{
    /// <summary>What it is about.</summary>
    public required ContainerStorageKind Kind { get; init; }

    /// <summary>An image or a container, by its name or the beginning of its id; null for all of them.</summary>
    public string? Name { get; init; }

    /// <summary>How many there are.</summary>
    public int Total { get; init; } = 1;

    /// <summary>How many are in use: images that containers were made from, containers that run.</summary>
    public int Active { get; init; }

    /// <summary>What it takes: what several share counts once.</summary>
    public long Size { get; init; }

    /// <summary>Of that, what others of its kind have as well; of all images, what at least two of them have.</summary>
    public long SharedSize { get; init; }

    /// <summary>Of that, what it has alone.</summary>
    public long UniqueSize { get; init; }

    /// <summary>What would become free if all that is not in use were removed.</summary>
    public long Reclaimable { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name ?? Kind.ToString();
}
