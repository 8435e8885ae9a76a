using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Cgroups;

/// <summary>What the kernel's files say, in the forms of both versions.</summary>
public sealed class ResourceUsageTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void ReadsTheSecondVersion()
    {
        CgroupHierarchy second = Make("unified", 2, [], new()
        {
            ["cgroup.controllers"] = "cpu io memory pids\n",
            ["cpu.stat"] = "usage_usec 2500000\nuser_usec 1\n",
            ["memory.current"] = "5000000\n",
            ["memory.stat"] = "anon 1\ninactive_file 1000000\n",
            ["memory.max"] = "max\n",
            ["pids.current"] = "7\n",
            ["io.stat"] = "8:0 rbytes=100 wbytes=20 rios=3\n8:16 rbytes=1 wbytes=2 rios=3\n",
        });

        ResourceUsage usage = ResourceUsage.Read(new ContainerCgroup([second], "/box"));

        Assert.Equal(TimeSpan.FromSeconds(2.5), usage.Cpu);
        Assert.Equal((4000000, null, 7), (usage.Memory, usage.MemoryLimit, usage.Pids));
        Assert.Equal((101, 22), (usage.BlockRead, usage.BlockWrite));
    }

    [Fact]
    public void ReadsTheFirstVersionWhereAControllerIsThere()
    {
        CgroupHierarchy memory = Make("memory", 1, ["memory"], new()
        {
            ["memory.usage_in_bytes"] = "3000\n",
            ["memory.stat"] = "inactive_file 5\ntotal_inactive_file 1000\n",
            ["memory.limit_in_bytes"] = "8192\n",
        });
        CgroupHierarchy blkio = Make("blkio", 1, ["blkio"], new()
        {
            ["blkio.throttle.io_service_bytes_recursive"] = "8:0 Read 5\n8:0 Write 6\n8:0 Total 11\nTotal 11\n",
        });
        CgroupHierarchy second = Make("unified", 2, [], new()
        {
            ["cgroup.controllers"] = "hugetlb\n",
            ["cpu.stat"] = "usage_usec 10\n",
        });

        ResourceUsage usage = ResourceUsage.Read(new ContainerCgroup([memory, blkio, second], "/box"));

        Assert.Equal((2000, 8192, null), (usage.Memory, usage.MemoryLimit, usage.Pids));
        Assert.Equal((5, 6), (usage.BlockRead, usage.BlockWrite));
        Assert.Equal(TimeSpan.FromMicroseconds(10), usage.Cpu);
    }

    [Fact]
    public void OfACgroupThatIsGoneNothingIsKnown()
    {
        CgroupHierarchy second = new(_root.Path, 2, []), memory = new(_root.Path, 1, ["memory"]);

        Assert.Equal(new ResourceUsage(), ResourceUsage.Read(new ContainerCgroup([second, memory], "/none")));
    }

    [Fact]
    public void TheLoopbackDeviceIsNoNetwork()
    {
        string[] lines =
        [
            "Inter-|   Receive                                                |  Transmit",
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier",
            "    lo:    1000       1    0    0    0     0          0         0     1000       1    0    0    0     0       0",
            "  eth0: 123456       7    0    0    0     0          0         0      789       1    0    0    0     0       0",
            "eth1:4        7    0    0    0     0          0         0      1       1    0    0    0     0       0",
        ];

        Assert.Equal(new NetworkUsage(123460, 790), NetworkUsage.Parse(lines));
    }

    private CgroupHierarchy Make(string name, int version, string[] controllers, Dictionary<string, string> files)
    {
        string mount = Path.Combine(_root.Path, name), directory = Path.Combine(mount, "box");
        Directory.CreateDirectory(directory);
        foreach ((string file, string text) in files) File.WriteAllText(Path.Combine(directory, file), text);
        return new CgroupHierarchy(mount, version, controllers);
    }
}
