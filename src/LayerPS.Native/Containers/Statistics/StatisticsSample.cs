using System.Diagnostics;
using System.Globalization;
using LayerPS.Cgroups;

namespace LayerPS.Containers;

/// <summary>What a container had used at one moment.</summary>
internal sealed record StatisticsSample(Container Container, ResourceUsage Usage, NetworkUsage? Network)
{
    private const int KibiByte = 1024;

    private static readonly Lazy<long> HostMemory = new(ReadHostMemory);

    private readonly long _taken = Stopwatch.GetTimestamp();
    private readonly DateTimeOffset _time = DateTimeOffset.UtcNow;

    /// <param name="container">One that runs.</param>
    /// <returns>Null when it has ended.</returns>
    internal static StatisticsSample? TryTake(Container container)
    {
        ContainerCgroup cgroup = new(CgroupHierarchy.OnThisHost(), container.CgroupPath);
        if (cgroup.Processes().Count == 0) return null;
        bool hasOwnNetwork = container.Config.Network != ContainerNetwork.Host;
        return new StatisticsSample(
            container, ResourceUsage.Read(cgroup), hasOwnNetwork ? NetworkUsage.TryRead(container.Run.Pid) : null);
    }

    internal ContainerStatistics Since(StatisticsSample before)
    {
        TimeSpan? used = Usage.Cpu - before.Usage.Cpu;
        return new ContainerStatistics
        {
            Container = Container.Name,
            Id = Container.Id,
            Time = _time,
            // One that was started again meanwhile has used less than before.
            CpuPercent = used is null ? null : Math.Max(0, 100 * used.Value / Stopwatch.GetElapsedTime(before._taken, _taken)),
            Cpu = Usage.Cpu,
            MemoryUsage = Usage.Memory,
            MemoryLimit = Math.Min(Usage.MemoryLimit ?? long.MaxValue, HostMemory.Value),
            Pids = Usage.Pids,
            PidsLimit = Usage.PidsLimit,
            CpuLimit = Usage.CpuLimit,
            BlockRead = Usage.BlockRead,
            BlockWrite = Usage.BlockWrite,
            NetworkReceived = Network?.Received,
            NetworkSent = Network?.Sent,
        };
    }

    // In its first line, see proc_meminfo(5).
    private static long ReadHostMemory() => KibiByte * long.Parse(
        File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
