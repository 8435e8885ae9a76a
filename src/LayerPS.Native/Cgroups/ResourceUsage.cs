using System.Globalization;

namespace LayerPS.Cgroups;

/// <summary>
/// What the processes of a container use, as the kernel counts it: its cgroup-v1/memory.rst, cgroup-v1/cpuacct.rst,
/// cgroup-v1/blkio-controller.rst, cgroup-v1/pids.rst and cgroup-v2.rst. Null where the host has no such controller.
/// </summary>
internal sealed record ResourceUsage
{
    private const int NanosecondsPerTick = 100, TicksPerMicrosecond = 10;

    internal TimeSpan? Cpu { get; private init; }

    /// <summary>In bytes, without the files that were read and could be let go at once.</summary>
    internal long? Memory { get; private init; }

    /// <summary>In bytes; null for none.</summary>
    internal long? MemoryLimit { get; private init; }

    /// <summary>How many threads.</summary>
    internal long? Pids { get; private init; }

    /// <summary>How many threads it may have; null for any number.</summary>
    internal long? PidsLimit { get; private init; }

    /// <summary>How many processors' time it may use; null for all.</summary>
    internal double? CpuLimit { get; private init; }

    /// <summary>In bytes.</summary>
    internal long? BlockRead { get; private init; }

    /// <summary>In bytes.</summary>
    internal long? BlockWrite { get; private init; }

    internal static ResourceUsage Read(ContainerCgroup cgroup)
    {
        (long? Read, long? Write) blocks = cgroup.Find("blkio", "io") is { } block ? BlocksOf(block) : default;
        CgroupDirectory? memory = cgroup.Find("memory");
        CgroupDirectory? pids = cgroup.Find("pids");
        return new ResourceUsage
        {
            Cpu = cgroup.FindCpuTime() is { } cpu ? CpuOf(cpu) : null,
            Memory = memory is null ? null : MemoryOf(memory),
            MemoryLimit = memory?.TryReadNumber(memory.IsSecond ? "memory.max" : "memory.limit_in_bytes"),
            Pids = pids?.TryReadNumber("pids.current"),
            PidsLimit = pids?.TryReadNumber("pids.max"),
            CpuLimit = cgroup.Find("cpu") is { } processors ? CpuLimitOf(processors) : null,
            BlockRead = blocks.Read,
            BlockWrite = blocks.Write,
        };
    }

    private static TimeSpan? CpuOf(CgroupDirectory cpu)
    {
        long? ticks = cpu.IsSecond
            ? cpu.TryReadNumber("cpu.stat", "usage_usec") * TicksPerMicrosecond
            : cpu.TryReadNumber("cpuacct.usage") / NanosecondsPerTick;
        return ticks is null ? null : TimeSpan.FromTicks(ticks.Value);
    }

    private static double? CpuLimitOf(CgroupDirectory cpu)
    {
        if (!cpu.IsSecond)
            return cpu.TryReadNumber("cpu.cfs_quota_us") is > 0 and var quota ? quota / (double?)cpu.TryReadNumber("cpu.cfs_period_us") : null;
        string[] parts = cpu.ReadLines("cpu.max").FirstOrDefault()?.Split(' ') ?? [];
        return parts is [not "max", _]
            ? double.Parse(parts[0], CultureInfo.InvariantCulture) / double.Parse(parts[1], CultureInfo.InvariantCulture)
            : null;
    }

    private static long? MemoryOf(CgroupDirectory memory)
    {
        long? used = memory.TryReadNumber(memory.IsSecond ? "memory.current" : "memory.usage_in_bytes");
        long idleFiles = memory.TryReadNumber("memory.stat", memory.IsSecond ? "inactive_file" : "total_inactive_file") ?? 0;
        return used is null ? null : Math.Max(0, used.Value - idleFiles);
    }

    private static (long? Read, long? Write) BlocksOf(CgroupDirectory block) => block.IsSecond
        ? ParseBlocks(block.ReadLines("io.stat"), "rbytes=", "wbytes=")
        : ParseBlocks(block.ReadLines("blkio.throttle.io_service_bytes_recursive"), "Read ", "Write ");

    /// <summary>Sums over the devices, of <c>8:0 rbytes=1 wbytes=2</c> and of <c>8:0 Read 1</c>.</summary>
    internal static (long Read, long Write) ParseBlocks(IEnumerable<string> lines, string read, string write)
    {
        long reads = 0, writes = 0;
        foreach (string line in lines)
        {
            reads += NumberAfter(line, ' ' + read);
            writes += NumberAfter(line, ' ' + write);
        }

        return (reads, writes);
    }

    private static long NumberAfter(string line, string word)
    {
        int start = line.IndexOf(word, StringComparison.Ordinal);
        return start < 0 ? 0 : long.Parse(line[(start + word.Length)..].Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
