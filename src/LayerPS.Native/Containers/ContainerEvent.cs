namespace LayerPS;

/// <summary>Something that happened to a container.</summary>
public sealed record ContainerEvent
{
    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What.</summary>
    public required ContainerEventKind Kind { get; init; }

    /// <summary>The container's name at that time.</summary>
    public required string Container { get; init; }

    /// <summary>The container's id.</summary>
    public required string Id { get; init; }

    /// <summary>The image that it was made from.</summary>
    public string? Image { get; set; }

    /// <summary>How its process ended; null where nothing ended, or nobody saw it.</summary>
    public int? ExitCode { get; set; }

    /// <summary>More about it, see <see cref="ContainerEventKind"/>: a signal, a name, a state of health.</summary>
    public string? Detail { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Container}";
}
