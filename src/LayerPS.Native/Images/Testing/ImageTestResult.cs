namespace LayerPS;

/// <summary>What was found when a part of an image was read again and compared with what was recorded of it.</summary>
public sealed record ImageTestResult
{
    /// <summary>The image, by name or by the beginning of its digest; null for a layer tested by itself.</summary>
    public string? Image { get; init; }

    /// <summary>What it is of the image.</summary>
    public required ImagePart Part { get; init; }

    /// <summary>64 hex digits: the digest of a manifest or a configuration, the id of a layer.</summary>
    public required string Id { get; init; }

    /// <summary>The first 12 digits of the id.</summary>
    public string ShortId => Id[..12];

    /// <summary>The file or directory on the host.</summary>
    public required string Path { get; init; }

    /// <summary>Whether all is as it was recorded.</summary>
    public bool Valid => Problems.Count == 0;

    /// <summary>What is wrong, in sentences; empty where nothing is.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Part} {ShortId}: {(Valid ? "valid" : string.Join(' ', Problems))}";
}
