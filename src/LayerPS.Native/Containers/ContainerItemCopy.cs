namespace LayerPS;

/// <summary>What was copied into or out of a container.</summary>
public sealed record ContainerItemCopy
{
    /// <summary>What was copied: a path of the host, or <c>container:/path</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Where it is now, in the same form.</summary>
    public required string Destination { get; init; }

    /// <summary>How many files, links and devices; directories do not count.</summary>
    public required long Files { get; init; }

    /// <summary>How many bytes the files have.</summary>
    public required long Size { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Destination;
}
