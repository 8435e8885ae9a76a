namespace LayerPS;

/// <summary>How much of its host a container may use. Null, and 0, is no limit, or the host's usual.</summary>
public sealed record ContainerLimits
{
    /// <summary>Memory, in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Memory and swap together, in bytes; -1 for all the swap there is. Null for twice the memory.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>How many processors' time, such as 1.5.</summary>
    public double? Cpus { get; init; }

    /// <summary>Its share of the processors' time where there is not enough for all: 2 to 262,144, usually 1,024.</summary>
    public long? CpuShares { get; init; }

    /// <summary>The processors that it may run on: <c>0-2,5</c>.</summary>
    public string? CpuSet { get; init; }

    /// <summary>How many processes and threads; -1 for no limit.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>Its share of reading and writing on disks: 10 to 1,000.</summary>
    public int? BlkioWeight { get; init; }

    /// <summary>These; where they say nothing, those.</summary>
    /// <remarks>A limit of swap belongs to the limit of memory that it was given with.</remarks>
    internal ContainerLimits Over(ContainerLimits below) => new()
    {
        Memory = Memory ?? below.Memory,
        MemorySwap = MemorySwap ?? (Memory is null ? below.MemorySwap : null),
        Cpus = Cpus ?? below.Cpus,
        CpuShares = CpuShares ?? below.CpuShares,
        CpuSet = CpuSet ?? below.CpuSet,
        PidsLimit = PidsLimit ?? below.PidsLimit,
        BlkioWeight = BlkioWeight ?? below.BlkioWeight,
    };
}
