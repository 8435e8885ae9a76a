namespace LayerPS;

/// <summary>Which events are wanted.</summary>
public sealed record ContainerEventOptions
{
    /// <summary>Only those of these containers: names, with wildcards or without, and beginnings of ids; empty for all.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary>Only of that time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Go on with those that come, until it is cancelled.</summary>
    public bool Follow { get; init; }
}
