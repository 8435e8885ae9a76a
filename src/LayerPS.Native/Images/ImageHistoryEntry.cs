namespace LayerPS;

/// <summary>One step by which an image was made.</summary>
public sealed record ImageHistoryEntry
{
    /// <summary>The image whose history this is, by name, or by short id where it has none.</summary>
    public required string Image { get; init; }

    /// <summary>The id of the layer that the step made; null for a step that made none.</summary>
    public string? Id { get; init; }

    /// <summary>When; null when nobody said.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>What was done; null when nobody said.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>The content of the files that the step added or changed, in bytes.</summary>
    public long Size { get; init; }

    /// <summary>What its maker had to say about it.</summary>
    public string? Comment { get; init; }

    /// <summary>True for a step that changed only the configuration.</summary>
    public bool EmptyLayer { get; init; }

    /// <summary>The images, by name, that end with this step.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
}
