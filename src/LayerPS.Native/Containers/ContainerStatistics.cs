namespace LayerPS;

/// <summary>What a running container uses of its host, at one moment. Null is what the host does not count.</summary>
public sealed record ContainerStatistics
{
    /// <summary>The container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The container's id.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The processors' time that it used since the measurement before, in percent of one processor.</summary>
    public double? CpuPercent { get; init; }

    /// <summary>The processors' time that it used since its start.</summary>
    public TimeSpan? Cpu { get; init; }

    /// <summary>How many processors' time it may use, such as 1.5; null for all that there are.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>The memory that it uses, in bytes, without files in the page cache that could be let go.</summary>
    public long? MemoryUsage { get; init; }

    /// <summary>How much it may use, in bytes; all that the host has where it is not limited.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>How much of that it uses, in percent.</summary>
    public double? MemoryPercent => MemoryLimit > 0 ? 100.0 * MemoryUsage / MemoryLimit : null;

    /// <summary>How many processes and threads it has.</summary>
    public long? Pids { get; init; }

    /// <summary>How many of them it may have; null for any number.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>What it has read from disks, in bytes.</summary>
    public long? BlockRead { get; init; }

    /// <summary>What it has written to disks, in bytes.</summary>
    public long? BlockWrite { get; init; }

    /// <summary>What came to it through the network, the loopback device apart, in bytes; null with the host's network.</summary>
    public long? NetworkReceived { get; init; }

    /// <summary>What it sent through the network, the loopback device apart, in bytes; null with the host's network.</summary>
    public long? NetworkSent { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Container;
}
