using System.Globalization;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Cgroups;

/// <summary>
/// What a cgroup allows its members, in the units of the runtime-spec (config-linux.md, "Control groups"); -1 is without
/// limit, and null leaves it as it is. The files are those of the kernel's cgroup-v1 directory and of cgroup-v2.rst.
/// </summary>
internal sealed record CgroupLimits
{
    private const long Unlimited = -1;

    /// <summary>In bytes.</summary>
    internal long? Memory { get; init; }

    /// <summary>Memory and swap together, in bytes.</summary>
    internal long? MemoryAndSwap { get; init; }

    /// <summary>2 to 262,144.</summary>
    internal long? CpuShares { get; init; }

    /// <summary>Microseconds in each period.</summary>
    internal long? CpuQuota { get; init; }

    /// <summary>In microseconds.</summary>
    internal long? CpuPeriod { get; init; }

    /// <summary><c>0-2,5</c>.</summary>
    internal string? Cpus { get; init; }

    internal long? Pids { get; init; }

    /// <summary>10 to 1,000.</summary>
    internal long? BlockWeight { get; init; }

    /// <summary>The controllers that it takes, by their names in version 1 and 2.</summary>
    internal IEnumerable<(string First, string Second)> Controllers()
    {
        if (Memory is not null || MemoryAndSwap is not null) yield return ("memory", "memory");
        if (CpuShares is not null || CpuQuota is not null) yield return ("cpu", "cpu");
        if (Cpus is not null) yield return ("cpuset", "cpuset");
        if (Pids is not null) yield return ("pids", "pids");
        if (BlockWeight is not null) yield return ("blkio", "io");
    }

    /// <summary>Puts the limits on a cgroup that is there.</summary>
    /// <exception cref="IOException">A controller is not there, or the kernel refuses a value; the message names it.</exception>
    internal void ApplyTo(ContainerCgroup cgroup)
    {
        foreach ((string first, string second) in Controllers())
        {
            CgroupDirectory directory = cgroup.Require(first, second);
            try
            {
                Apply(first, directory);
            }
            catch (LinuxException failure)
            {
                throw new IOException($"The limit of {first} cannot be set: {failure.Message}", failure);
            }
        }
    }

    private void Apply(string controller, CgroupDirectory directory)
    {
        switch (controller)
        {
            case "memory":
                if (directory.IsSecond) ApplySecondMemory(directory);
                else ApplyFirstMemory(directory);
                break;
            case "cpu":
                if (directory.IsSecond) ApplySecondCpu(directory);
                else ApplyFirstCpu(directory);
                break;
            case "cpuset":
                directory.Write("cpuset.cpus", Cpus!);
                break;
            case "pids":
                directory.Write("pids.max", Text(Pids!.Value));
                break;
            default:
                ApplyBlockWeight(directory, BlockWeight!.Value);
                break;
        }
    }

    private void ApplyFirstMemory(CgroupDirectory memory)
    {
        const string Limit = "memory.limit_in_bytes", WithSwap = "memory.memsw.limit_in_bytes";
        bool hasSwap = HasSwap(memory, WithSwap);
        try
        {
            if (Memory is { } limit) memory.Write(Limit, Number(limit));
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EINVAL && hasSwap)
        {
            // Never may the one be above the other.
            memory.Write(WithSwap, Number(MemoryAndSwap!.Value));
            memory.Write(Limit, Number(Memory!.Value));
        }

        if (hasSwap) memory.Write(WithSwap, Number(MemoryAndSwap!.Value));
    }

    private void ApplySecondMemory(CgroupDirectory memory)
    {
        if (Memory is { } limit) memory.Write("memory.max", Text(limit));
        if (!HasSwap(memory, "memory.swap.max")) return;
        long above = Memory ?? memory.TryReadNumber("memory.max") ?? 0;
        memory.Write("memory.swap.max", MemoryAndSwap < 0 ? "max" : Number(Math.Max(0, MemoryAndSwap!.Value - above)));
    }

    // Twice the memory is what is taken where nobody said anything, so it may be without effect.
    private bool HasSwap(CgroupDirectory memory, string file)
    {
        if (MemoryAndSwap is not { } both) return false;
        if (memory.Has(file)) return true;
        if (both == 2 * Memory || both == Unlimited) return false;
        throw new IOException($"This machine does not count swap: it has no '{file}' (the kernel's swapaccount=1).");
    }

    private void ApplyFirstCpu(CgroupDirectory cpu)
    {
        if (CpuShares is { } shares) cpu.Write("cpu.shares", Number(shares));
        if (CpuPeriod is { } period) cpu.Write("cpu.cfs_period_us", Number(period));
        if (CpuQuota is { } quota) cpu.Write("cpu.cfs_quota_us", Number(quota));
    }

    private void ApplySecondCpu(CgroupDirectory cpu)
    {
        // From 2 to 262,144 to 1 to 10,000.
        if (CpuShares is { } shares) cpu.Write("cpu.weight", Number(1 + ((shares - 2) * 9999 / 262142)));
        if (CpuQuota is { } quota) cpu.Write("cpu.max", $"{Text(quota)} {Number(CpuPeriod ?? 100_000)}");
    }

    // A kernel has the one scheduler of disks, the other, or none that knows weights.
    private static void ApplyBlockWeight(CgroupDirectory block, long weight)
    {
        string prefix = block.IsSecond ? "io" : "blkio";
        if (block.Has($"{prefix}.bfq.weight")) block.Write($"{prefix}.bfq.weight", Number(weight));
        else if (!block.IsSecond && block.Has("blkio.weight")) block.Write("blkio.weight", Number(weight));
        else if (block.Has("io.weight")) block.Write("io.weight", $"default {Number(1 + ((weight - 10) * 9999 / 990))}");
        else throw new IOException($"This machine has no weights for disks: the '{prefix}' controller has no '{prefix}.bfq.weight'.");
    }

    private static string Text(long number) => number < 0 ? "max" : Number(number);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
