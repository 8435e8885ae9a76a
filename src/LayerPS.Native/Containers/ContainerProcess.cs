namespace LayerPS;

/// <summary>One process in a running container.</summary>
public sealed record ContainerProcess
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>Its number on the host.</summary>
    public required int Pid { get; init; }

    /// <summary>Its number inside the container; that of the first process is 1.</summary>
    public required int ContainerPid { get; init; }

    /// <summary>The number of its user.</summary>
    public required uint Uid { get; init; }

    /// <summary>The processor time that it has used.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>The memory that it has in RAM, shared parts among it, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>The program and its arguments; its name in brackets where it has none, as when it has ended.</summary>
    public required string Command { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Command;
}
