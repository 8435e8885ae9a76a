using LayerPS.Cgroups;
using LayerPS.Linux;
using Tmds.Linux;
using Xunit;

namespace LayerPS.Tests.Cgroups;

/// <summary>The programs that limit devices in version 2: the kernel takes them. It checks each before it does.</summary>
public sealed class DeviceFilterTests
{
    private static readonly DeviceRule DenyAll = new(false, 'a', null, null, "rwm");

    public static TheoryData<string> Programs => ["none", "usual", "everything", "last", "one"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void TheKernelTakesIt(string name)
    {
        DeviceRule[] rules = name switch
        {
            "none" => [],
            "usual" => [DenyAll, new(true, 'c', 1, 3, "rwm"), new(true, 'c', 136, null, "rwm"), new(true, 'b', 7, 0, "rm")],
            "everything" => [new(true, 'a', null, null, "rwm")],
            "last" => [new(true, 'c', 1, 3, "r"), DenyAll],
            _ => [new(true, 'a', null, null, "r")],
        };
        string? mount = CgroupHierarchy.OnThisHost().Find(static hierarchy => hierarchy.Version == 2)?.MountPoint;
        if (mount is null) return; // a machine with version 1 alone
        string directory = Path.Combine(mount, $"layerps-test-{Guid.NewGuid():N}");
        Directory.CreateDirectory(directory);
        int cgroup = Descriptors.Open(directory, LibC.O_RDONLY | LibC.O_DIRECTORY);
        try
        {
            CgroupProgram.AttachToDevices(DeviceFilter.Assemble(rules), cgroup);
        }
        finally
        {
            Descriptors.Close(cgroup);
            Assert.True(Directories.TryRemove(directory));
        }
    }
}
