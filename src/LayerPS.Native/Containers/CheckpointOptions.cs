namespace LayerPS;

/// <summary>How an image is made of a container.</summary>
public sealed record CheckpointOptions
{
    /// <summary>The image's name; null for none. Another image that has it loses it.</summary>
    public string? Name { get; init; }

    /// <summary>Who makes it.</summary>
    public string? Author { get; init; }

    /// <summary>Words about it, for its history.</summary>
    public string? Message { get; init; }

    /// <summary>What was done, for its history; null for the container's command.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>What its containers run with; null for what the container runs with.</summary>
    public ImageConfig? Config { get; init; }

    /// <summary>What is to be different in that.</summary>
    public ImageConfigChange? Change { get; init; }

    /// <summary>Whether a running container goes on meanwhile; then its files may change while they are read.</summary>
    public bool NoPause { get; init; }

    /// <summary>Told of the bytes of the layer.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>Told, in sentences, of what the layer lacks: sockets, files that became shorter meanwhile.</summary>
    public Action<string>? Warning { get; init; }
}
