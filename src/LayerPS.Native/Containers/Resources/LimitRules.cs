using System.Globalization;
using LayerPS.Cgroups;
using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>What limits can be, and what they are in a cgroup. The bounds are docker's.</summary>
internal static class LimitRules
{
    private const long LeastMemory = 6 * 1024 * 1024;
    private const long CpuPeriod = 100_000;
    private const long UsualShares = 1024, MostShares = 262_144;
    private const int UsualWeight = 100, LeastWeight = 10, MostWeight = 1000;
    private const double LeastCpus = 0.01;

    /// <exception cref="EngineException">
    /// ContainerOptionInvalid: a limit is none. HostNotSupported: this machine cannot keep it.
    /// </exception>
    internal static void Check(ContainerLimits limits)
    {
        if (limits.Memory is { } memory and not 0 and < LeastMemory)
            throw Invalid($"{memory} bytes of memory are too few for a container: give {LeastMemory / 1024 / 1024}MB or more, or 0 for no limit.");
        CheckSwap(limits);
        if (limits.Cpus is { } cpus and not 0 && !(cpus >= LeastCpus && cpus <= Environment.ProcessorCount))
        {
            throw Invalid(string.Create(
                CultureInfo.InvariantCulture,
                $"{cpus} processors cannot be given: this machine has {Environment.ProcessorCount}; {LeastCpus} is the least."));
        }

        if (limits.CpuShares is { } shares and not 0 and (< 2 or > MostShares))
            throw Invalid($"{shares} are no shares of processors: give 2 to {MostShares}.");
        if (limits.CpuSet is { } set) CheckSet(set);
        if (limits.PidsLimit < -1) throw Invalid($"{limits.PidsLimit} is no number of processes: give 1 or more, or -1 for no limit.");
        if (limits.BlkioWeight is { } weight and not 0 and (< LeastWeight or > MostWeight))
            throw Invalid($"{weight} is no weight for disks: give {LeastWeight} to {MostWeight}.");
        CheckHost(ToCgroup(limits));
    }

    /// <summary>The cgroup above a container's own.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static string? CheckParent(string? parent)
    {
        if (parent is null) return null;
        string path = '/' + Images.PathPattern.Clean(parent);
        bool isPath = path.Length > 1 && !parent.Contains("..", StringComparison.Ordinal)
            && path.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '@' or ':');
        return isPath ? path : throw Invalid($"'{parent}' is no cgroup: give a path such as /web.");
    }

    /// <summary>The limits without those that are none.</summary>
    internal static ContainerLimits Normalize(ContainerLimits limits) => limits with
    {
        Memory = limits.Memory is 0 ? null : limits.Memory,
        MemorySwap = limits.MemorySwap is 0 ? null : limits.MemorySwap,
        Cpus = limits.Cpus is 0 ? null : limits.Cpus,
        CpuShares = limits.CpuShares is 0 ? null : limits.CpuShares,
        PidsLimit = limits.PidsLimit is 0 or -1 ? null : limits.PidsLimit,
        BlkioWeight = limits.BlkioWeight is 0 ? null : limits.BlkioWeight,
    };

    /// <summary>No limit, for each of these that is given; of processors, all that there are.</summary>
    internal static ContainerLimits NoneOf(ContainerLimits limits) => new()
    {
        Memory = limits.Memory is null ? null : 0,
        Cpus = limits.Cpus is null ? null : 0,
        CpuShares = limits.CpuShares is null ? null : 0,
        CpuSet = limits.CpuSet is null ? null : File.ReadAllText("/sys/devices/system/cpu/online").Trim(),
        PidsLimit = limits.PidsLimit is null ? null : 0,
        BlkioWeight = limits.BlkioWeight is null ? null : 0,
    };

    /// <summary>As a cgroup has them; what is no limit takes one away.</summary>
    internal static CgroupLimits ToCgroup(ContainerLimits limits)
    {
        long? memory = limits.Memory is 0 ? -1 : limits.Memory;
        long? swap = limits.MemorySwap is null or 0 ? (memory > 0 ? 2 * memory : memory) : limits.MemorySwap;
        return new CgroupLimits
        {
            Memory = memory,
            MemoryAndSwap = swap,
            CpuShares = limits.CpuShares is 0 ? UsualShares : limits.CpuShares,
            CpuQuota = limits.Cpus is { } cpus ? (cpus == 0 ? -1 : (long)Math.Round(cpus * CpuPeriod)) : null,
            CpuPeriod = limits.Cpus is null ? null : CpuPeriod,
            Cpus = limits.CpuSet,
            Pids = limits.PidsLimit is 0 ? -1 : limits.PidsLimit,
            BlockWeight = limits.BlkioWeight is 0 ? UsualWeight : limits.BlkioWeight,
        };
    }

    /// <summary>As the configuration of a runtime has them.</summary>
    /// <param name="limits">The limits.</param>
    /// <param name="devices">The rules for devices; null for none.</param>
    internal static RuntimeResources ToRuntime(ContainerLimits limits, IReadOnlyList<RuntimeDeviceRule>? devices)
    {
        CgroupLimits values = ToCgroup(limits);
        bool cpu = (values.CpuShares, values.CpuQuota, values.Cpus) is not (null, null, null);
        return new RuntimeResources
        {
            Devices = devices,
            Memory = (values.Memory, values.MemoryAndSwap) is (null, null)
                ? null
                : new RuntimeMemory { Limit = values.Memory, Swap = values.MemoryAndSwap },
            Cpu = cpu
                ? new RuntimeProcessors
                {
                    Shares = values.CpuShares, Quota = values.CpuQuota, Period = values.CpuPeriod, Cpus = values.Cpus,
                }
                : null,
            Pids = values.Pids is { } pids ? new RuntimeProcesses { Limit = pids } : null,
            BlockIo = values.BlockWeight is { } weight ? new RuntimeBlockDevices { Weight = weight } : null,
        };
    }

    private static void CheckSwap(ContainerLimits limits)
    {
        if (limits.MemorySwap is not { } swap || swap is 0 or -1) return;
        if (limits.Memory is null or 0)
            throw Invalid("-MemorySwap is for memory and swap together, so it needs -Memory.");
        if (swap < limits.Memory)
            throw Invalid($"-MemorySwap is for memory and swap together: {swap} bytes are less than -Memory, {limits.Memory}.");
    }

    // What processors there are is the kernel's to say.
    private static void CheckSet(string set)
    {
        bool isSet = set.Length > 0 && set.Split(',').All(static part =>
            part.Split('-') is { Length: 1 or 2 } ends
            && ends.All(static end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out _)));
        if (!isSet) throw Invalid($"'{set}' are no processors: give numbers and ranges, such as 0-2,5.");
        int last = set.Split(',', '-').Max(static end => int.Parse(end, CultureInfo.InvariantCulture));
        string present = File.ReadAllText("/sys/devices/system/cpu/present").Trim();
        if (last > int.Parse(present.Split(',', '-')[^1], CultureInfo.InvariantCulture))
            throw Invalid($"There is no processor {last}; this machine has {present}.");
    }

    private static void CheckHost(CgroupLimits limits)
    {
        List<CgroupHierarchy>? hierarchies = null;
        foreach ((string first, string second) in limits.Controllers())
        {
            hierarchies ??= CgroupHierarchy.OnThisHost();
            if (hierarchies.Exists(hierarchy => hierarchy.Offers(first, second))) continue;
            throw new EngineException(
                EngineErrors.HostNotSupported,
                $"This machine cannot keep a limit of {first}: it has no cgroup controller '{first}', neither in version 1 nor, as " +
                $"'{second}', in version 2.", first);
        }
    }

    private static EngineException Invalid(string message) => new(EngineErrors.ContainerOptionInvalid, message);
}
