namespace LayerPS;

/// <summary>What is changed of a container that is there.</summary>
public sealed record ContainerUpdate
{
    /// <summary>The limits; null leaves one as it is, and 0 takes it away.</summary>
    public ContainerLimits Limits { get; init; } = new();

    /// <summary>When it is started again after its end; null leaves that as it is.</summary>
    public string? RestartPolicy { get; init; }
}
