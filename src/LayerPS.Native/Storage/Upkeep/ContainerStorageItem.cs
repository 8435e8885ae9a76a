namespace LayerPS;

/// <summary>A thing in a store that nothing refers to.</summary>
public sealed record ContainerStorageItem
{
    /// <summary>What it is.</summary>
    public required ContainerStorageKind Kind { get; init; }

    /// <summary>Its id: 64 hex digits, or the name of what has no id.</summary>
    public required string Id { get; init; }

    /// <summary>The file or directory on the host.</summary>
    public required string Path { get; init; }

    /// <summary>How many bytes go with it; 0 for an image, whose layers and blobs are things of their own.</summary>
    public long Size { get; init; }

    /// <summary>Every name:tag that an image has.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => References.Count > 0 ? string.Join(", ", References) : Id;
}
