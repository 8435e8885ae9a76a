using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Hosts;

/// <summary>The cgroup hierarchies and their controllers.</summary>
internal static class CgroupProbes
{
    private const string Mounting =
        "Mount the hierarchies below /sys/fs/cgroup, as systemd does (mount -t cgroup2 cgroup2 /sys/fs/cgroup); a " +
        "controller must not be switched off on the kernel's command line (cgroup_disable=).";

    private static readonly DeviceRule[] AllDevices = [new(true, 'a', null, null, DeviceRule.Everything)];

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("cgroup-layout", "Limits, pausing and counting are done by cgroups.", Mounting, FindLayout),
        new("cgroup-writable", "Each container has a cgroup of its own in every hierarchy.",
            "Run pwsh as root, and mount the hierarchies writable.", FindWritable) { IsRequired = true },
        new("cgroup-kill", "All processes of a container are killed by one write.",
            "Boot a kernel 5.14 or later with the version 2 hierarchy mounted. Without it they are killed one by one.",
            FindKill),
        Controller("memory", "memory", "The limit and the use of memory."),
        Controller("cpu", "cpu", "The limit of processor time."),
        Controller("pids", "pids", "The limit of processes."),
        Controller("freezer", "freezer", "Pausing a container.", isBuiltIn: true),
        Controller("cpuset", "cpuset", "Binding a container to processors."),
        Controller("io", "blkio", "The weight and the count of reads and writes."),
        new("cgroup-devices", "A container opens the devices of its own /dev, and no disk: its nodes are of no use.",
            Mounting + " In version 2 the kernel needs CONFIG_CGROUP_BPF.", FindDevices) { IsRequired = true },
        Setting("cgroup-cpu-quota", "cpu", "cpu", "-Cpus: a container gets no more processor time than that.",
            "Boot a kernel with CONFIG_CFS_BANDWIDTH.", "cpu.cfs_quota_us", "cpu.max"),
        Setting("cgroup-swap", "memory", "memory", "-MemorySwap: memory and swap are counted together.",
            "Boot with swapaccount=1 on the kernel's command line, and a kernel with CONFIG_SWAP.",
            "memory.memsw.limit_in_bytes", "memory.swap.max"),
        Setting("cgroup-io-weight", "blkio", "io", "-BlkioWeight: the part that a container has of a disk that others use too.",
            "Load a scheduler of disks that knows weights: modprobe bfq; echo bfq > /sys/block/DISK/queue/scheduler.",
            "blkio.weight", "blkio.bfq.weight", "io.bfq.weight", "io.weight"),
    ];

    /// <param name="name">Its name in version 2.</param>
    /// <param name="oldName">Its name in version 1.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="isBuiltIn">Whether every cgroup of version 2 has it, without a controller (cgroups(7)).</param>
    private static HostProbe Controller(string name, string oldName, string purpose, bool isBuiltIn = false) =>
        new($"cgroup-{name}", purpose, Mounting, () => FindController(name, oldName, isBuiltIn));

    private static HostProbe Setting(
        string name, string first, string second, string purpose, string remedy, params string[] files) =>
        new(name, purpose, remedy, () => FindSetting(first, second, files));

    private static ProbeFinding FindLayout()
    {
        List<CgroupHierarchy> hierarchies = CgroupHierarchy.OnThisHost();
        bool first = hierarchies.Exists(static h => h.Version == 1);
        bool second = hierarchies.Exists(static h => h.Version == 2);
        return new ProbeFinding(first || second, (first, second) switch
        {
            (true, true) => "hybrid: version 1 and 2",
            (true, false) => "version 1",
            (false, true) => "version 2",
            _ => "none is mounted",
        });
    }

    private static ProbeFinding FindWritable()
    {
        List<CgroupHierarchy> hierarchies = CgroupHierarchy.OnThisHost();
        foreach (CgroupHierarchy hierarchy in hierarchies) _ = WithinNew(hierarchy, static _ => true);
        return ProbeFinding.Good($"{hierarchies.Count} of {hierarchies.Count}");
    }

    private static ProbeFinding FindKill()
    {
        if (CgroupHierarchy.OnThisHost().Find(static h => h.Version == 2) is not { } hierarchy)
            return ProbeFinding.Bad("no version 2 hierarchy is mounted");
        bool isThere = WithinNew(hierarchy, static directory => File.Exists(Path.Combine(directory, "cgroup.kill")));
        return new ProbeFinding(isThere, isThere ? "cgroup.kill" : "no cgroup.kill");
    }

    private static ProbeFinding FindController(string name, string oldName, bool isBuiltIn)
    {
        List<CgroupHierarchy> hierarchies = CgroupHierarchy.OnThisHost();
        if (hierarchies.Find(h => h.Controllers.Contains(oldName)) is { } first)
            return ProbeFinding.Good($"version 1, {first.MountPoint}");
        if (hierarchies.Find(static h => h.Version == 2) is { } second && (isBuiltIn || Offers(second, name)))
            return ProbeFinding.Good($"version 2, {second.MountPoint}");
        return ProbeFinding.Bad("in no hierarchy that is mounted");
    }

    // In version 2 a cgroup has the files of what is handed down to it; the checks hand nothing down.
    private static ProbeFinding FindSetting(string first, string second, string[] files)
    {
        List<CgroupHierarchy> hierarchies = CgroupHierarchy.OnThisHost();
        if (hierarchies.Find(h => h.Controllers.Contains(first)) is { } old)
        {
            string? file = WithinNew(old, directory => FileIn(directory, files));
            return new ProbeFinding(file is not null, file ?? $"no {string.Join(" or ", files)}");
        }

        if (hierarchies.Find(static h => h.Version == 2) is not { } unified || !Offers(unified, second))
            return ProbeFinding.Bad($"no controller '{second}'");
        string? found = Directory.EnumerateDirectories(unified.MountPoint)
            .Select(directory => FileIn(directory, files)).FirstOrDefault(static file => file is not null);
        bool isUsed = File.ReadAllText(Path.Combine(unified.MountPoint, "cgroup.subtree_control"))
            .Split(' ', '\n').Contains(second);
        return found is not null ? ProbeFinding.Good(found)
            : isUsed ? ProbeFinding.Bad($"no {string.Join(" or ", files)}")
            : ProbeFinding.Good($"'{second}' is there, and in use nowhere yet");
    }

    private static string? FileIn(string directory, string[] files) =>
        files.FirstOrDefault(file => File.Exists(Path.Combine(directory, file)));

    private static ProbeFinding FindDevices()
    {
        List<CgroupHierarchy> hierarchies = CgroupHierarchy.OnThisHost();
        if (hierarchies.Find(static h => h.Controllers.Contains("devices")) is { } first)
            return ProbeFinding.Good($"version 1, {first.MountPoint}");
        if (hierarchies.Find(static h => h.Version == 2) is not { } second)
            return ProbeFinding.Bad("in no hierarchy that is mounted");
        return WithinNew(second, static directory =>
        {
            using SafeFileHandle cgroup = FileTree.OpenDirectory(directory);
            CgroupProgram.AttachToDevices(DeviceFilter.Assemble(AllDevices), cgroup.Number());
            return ProbeFinding.Good("version 2, by a program of the kernel");
        });
    }

    private static bool Offers(CgroupHierarchy hierarchy, string controller) =>
        File.ReadAllText(Path.Combine(hierarchy.MountPoint, "cgroup.controllers"))
            .Split(' ', '\n').Contains(controller);

    private static T WithinNew<T>(CgroupHierarchy hierarchy, Func<string, T> look)
    {
        string directory = Path.Combine(hierarchy.MountPoint, $"layerps-check-{Guid.NewGuid():N}");
        Directories.Make(directory, Convert.ToUInt32("755", 8));
        try
        {
            return look(directory);
        }
        finally
        {
            _ = Directories.TryRemove(directory);
        }
    }
}
