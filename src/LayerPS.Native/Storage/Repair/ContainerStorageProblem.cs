namespace LayerPS;

/// <summary>Something in a store that cannot be what it should be.</summary>
public sealed record ContainerStorageProblem
{
    /// <summary>What it is.</summary>
    public required ContainerStorageKind Kind { get; init; }

    /// <summary>Its id: 64 hex digits, or the name of what has no id.</summary>
    public required string Id { get; init; }

    /// <summary>The file or directory on the host.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong, in a sentence.</summary>
    public required string Problem { get; init; }

    /// <summary>What sets it right, in a sentence; null where only a person can tell.</summary>
    public string? Action { get; init; }

    /// <summary>Whether it has been set right.</summary>
    public bool Repaired { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Problem;
}
