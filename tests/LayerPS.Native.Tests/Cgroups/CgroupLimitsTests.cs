using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Cgroups;

/// <summary>What is written into the kernel's files, in the forms of both versions and of both beside each other.</summary>
public sealed class CgroupLimitsTests : IDisposable
{
    private static readonly ContainerLimits All = new()
    {
        Memory = 100 << 20, MemorySwap = 150 << 20, Cpus = 1, CpuShares = 1024, CpuSet = "0", PidsLimit = 9, BlkioWeight = 500,
    };

    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void WritesTheSecondVersion()
    {
        CgroupHierarchy second = Make("unified", 2, [],
            "memory.max", "memory.swap.max", "cpu.weight", "cpu.max", "cpuset.cpus", "pids.max", "io.weight");
        Put(second, "cgroup.controllers", "cpu cpuset io memory pids\n");

        LimitRules.ToCgroup(All).ApplyTo(new ContainerCgroup([second], "/box"));

        Assert.Equal("104857600", Read(second, "memory.max"));
        Assert.Equal("52428800", Read(second, "memory.swap.max"));
        Assert.Equal("39", Read(second, "cpu.weight"));
        Assert.Equal("100000 100000", Read(second, "cpu.max"));
        Assert.Equal("0", Read(second, "cpuset.cpus"));
        Assert.Equal("9", Read(second, "pids.max"));
        Assert.Equal("default 4950", Read(second, "io.weight"));
    }

    [Fact]
    public void WritesEachWhereItsControllerIs()
    {
        CgroupHierarchy memory = Make("memory", 1, ["memory"], "memory.limit_in_bytes", "memory.memsw.limit_in_bytes");
        CgroupHierarchy cpu = Make("cpu", 1, ["cpu", "cpuacct"], "cpu.shares", "cpu.cfs_period_us", "cpu.cfs_quota_us");
        CgroupHierarchy blkio = Make("blkio", 1, ["blkio"], "blkio.bfq.weight");
        CgroupHierarchy second = Make("unified", 2, [], "cpuset.cpus", "pids.max");
        Put(second, "cgroup.controllers", "cpuset pids\n");

        LimitRules.ToCgroup(All).ApplyTo(new ContainerCgroup([memory, cpu, blkio, second], "/box"));

        Assert.Equal("104857600", Read(memory, "memory.limit_in_bytes"));
        Assert.Equal("157286400", Read(memory, "memory.memsw.limit_in_bytes"));
        Assert.Equal("1024", Read(cpu, "cpu.shares"));
        Assert.Equal("100000", Read(cpu, "cpu.cfs_quota_us"));
        Assert.Equal("500", Read(blkio, "blkio.bfq.weight"));
        Assert.Equal("9", Read(second, "pids.max"));
    }

    [Fact]
    public void TakesLimitsAway()
    {
        CgroupHierarchy second = Make("unified", 2, [], "memory.max", "memory.swap.max", "cpu.max", "pids.max");
        Put(second, "cgroup.controllers", "cpu memory pids\n");

        LimitRules.ToCgroup(new ContainerLimits { Memory = 0, Cpus = 0, PidsLimit = -1 })
            .ApplyTo(new ContainerCgroup([second], "/box"));

        Assert.Equal("max", Read(second, "memory.max"));
        Assert.Equal("max", Read(second, "memory.swap.max"));
        Assert.Equal("max 100000", Read(second, "cpu.max"));
        Assert.Equal("max", Read(second, "pids.max"));
    }

    [Fact]
    public void NamesTheControllerThatIsNotThere()
    {
        CgroupHierarchy second = Make("unified", 2, []);
        Put(second, "cgroup.controllers", "cpu\n");
        ContainerCgroup cgroup = new([second], "/box");

        Assert.Contains("'pids'", Assert.Throws<IOException>(() => new CgroupLimits { Pids = 1 }.ApplyTo(cgroup)).Message);
        Assert.Contains("'io'", Assert.Throws<IOException>(() => new CgroupLimits { BlockWeight = 100 }.ApplyTo(cgroup)).Message);
    }

    [Fact]
    public void AsksForControllersWhereTheyAreNotHandedDown()
    {
        CgroupHierarchy second = Make("unified", 2, [], "pids.max");
        string mount = second.MountPoint;
        File.WriteAllText(Path.Combine(mount, "cgroup.controllers"), "cpu pids rdma\n");
        File.WriteAllText(Path.Combine(mount, "cgroup.subtree_control"), "");

        Assert.Throws<IOException>(() => new CgroupLimits { Pids = 1 }.ApplyTo(new ContainerCgroup([second], "/box")));

        Assert.Equal("+pids", File.ReadAllText(Path.Combine(mount, "cgroup.subtree_control")));
        Assert.True(second.Offers("pids", "pids"));
        Assert.False(second.Offers("memory", "memory"));
    }

    [Fact]
    public void ASwapThatNobodyAskedForMayBeWithoutEffect()
    {
        CgroupHierarchy memory = Make("memory", 1, ["memory"], "memory.limit_in_bytes");
        ContainerCgroup cgroup = new([memory], "/box");

        LimitRules.ToCgroup(new ContainerLimits { Memory = 100 << 20 }).ApplyTo(cgroup);
        Assert.Equal("104857600", Read(memory, "memory.limit_in_bytes"));
        Assert.Contains("swap", Assert.Throws<IOException>(() => LimitRules.ToCgroup(All with { Cpus = null }).ApplyTo(cgroup)).Message);
    }

    private CgroupHierarchy Make(string name, int version, string[] controllers, params string[] files)
    {
        string mount = Path.Combine(_root.Path, name);
        Directory.CreateDirectory(Path.Combine(mount, "box"));
        CgroupHierarchy made = new(mount, version, controllers);
        foreach (string file in files) Put(made, file, "");
        return made;
    }

    private static void Put(CgroupHierarchy hierarchy, string file, string text) =>
        File.WriteAllText(Path.Combine(hierarchy.MountPoint, "box", file), text);

    private static string Read(CgroupHierarchy hierarchy, string file) =>
        File.ReadAllText(Path.Combine(hierarchy.MountPoint, "box", file));
}
