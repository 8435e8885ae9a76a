namespace LayerPS;

/// <summary>A file in which two images or layers differ.</summary>
public sealed record ImageChange
{
    /// <summary>What happened to it.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>Its absolute path in the image; bytes that are no text are shown as <c>\xNN</c>.</summary>
    public required string Path { get; init; }

    /// <summary>How many bytes it holds, or held before it was deleted; 0 for what is no regular file.</summary>
    public long Size { get; init; }

    /// <summary>In what it differs, if it was modified.</summary>
    public FileAspects Aspects { get; init; }

    /// <summary>What it was like; null if it was added.</summary>
    public FileState? Before { get; init; }

    /// <summary>What it is like; null if it was deleted.</summary>
    public FileState? After { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
