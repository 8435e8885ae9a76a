namespace LayerPS;

/// <summary>A file that a container has changed.</summary>
public sealed record ContainerChange
{
    /// <summary>What happened to it.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>Its absolute path in the container; bytes that are no text are shown as <c>\xNN</c>.</summary>
    public required string Path { get; init; }

    /// <summary>How many bytes it holds, or held before it was deleted; 0 for what is no regular file.</summary>
    public long Size { get; init; }

    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
