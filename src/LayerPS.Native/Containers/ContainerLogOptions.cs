namespace LayerPS;

/// <summary>What of a container's log is wanted.</summary>
public sealed record ContainerLogOptions
{
    /// <summary>Only that many lines from the end; null for all.</summary>
    public int? Tail { get; init; }

    /// <summary>Only lines written at or after that time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Go on with what is written later, until the container has ended.</summary>
    public bool Follow { get; init; }
}
