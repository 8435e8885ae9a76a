namespace LayerPS;

/// <summary>What a file was like.</summary>
public sealed record FileState
{
    /// <summary>What sort of file.</summary>
    public required FileKind Kind { get; init; }

    /// <summary>The permissions.</summary>
    public required UnixFileMode Mode { get; init; }

    /// <summary>The number of the user that owned it.</summary>
    public required long Uid { get; init; }

    /// <summary>The number of the group that it belonged to.</summary>
    public required long Gid { get; init; }

    /// <summary>How many bytes it held; 0 for what is no regular file.</summary>
    public required long Size { get; init; }

    /// <summary>When its content was last changed, cut to 100 nanoseconds.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>What a symbolic link pointed to; bytes that are no text are shown as <c>\xNN</c>.</summary>
    public string? Target { get; init; }

    /// <summary>The number of a device, as major:minor.</summary>
    public string? Device { get; init; }

    /// <summary>Its extended attributes by name; the values as hex digits.</summary>
    public IReadOnlyDictionary<string, string>? Attributes { get; init; }
}
