using System.Management.Automation;
using LayerPS.Arguments;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that say how much of its host a container may use.</summary>
public abstract class ContainerLimitCommand : EngineCommand
{
    /// <summary>How much memory the container may use; 0 for any amount.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SizeArgument]
    public long? Memory { get; set; }

    /// <summary>How much memory and swap together the container may use; -1 for all the swap there is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SizeArgument]
    public long? MemorySwap { get; set; }

    /// <summary>How many processors' time the container may use; 0 for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double? Cpus { get; set; }

    /// <summary>The container's share of the processors' time where there is not enough for all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? CpuShares { get; set; }

    /// <summary>The processors that the container may run on: 0-2,5.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("CpuSetCpus")]
    public string? CpuSet { get; set; }

    /// <summary>How many processes and threads the container may have; -1 for any number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? PidsLimit { get; set; }

    /// <summary>The container's share of reading and writing on disks.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? BlkioWeight { get; set; }

    /// <summary>What was asked for; where nothing was, what is given.</summary>
    protected ContainerLimits LimitsOver(ContainerLimits given) => new ContainerLimits
    {
        Memory = Memory,
        MemorySwap = MemorySwap,
        Cpus = Cpus,
        CpuShares = CpuShares,
        CpuSet = CpuSet,
        PidsLimit = PidsLimit,
        BlkioWeight = BlkioWeight,
    }.Over(given);
}
