using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Oci;

namespace LayerPS.Runtime.Oci.Configuration;

/// <summary>What the configuration's limits are for cgroups.</summary>
internal static class ResourceRules
{
    /// <returns>Null for no limits. 0 is what engines write for a limit that was not given.</returns>
    private static CgroupLimits? LimitsOf(RuntimeResources? resources) => resources is null ? null : new()
    {
        Memory = Given(resources.Memory?.Limit),
        MemoryAndSwap = Given(resources.Memory?.Swap),
        CpuShares = Given(resources.Cpu?.Shares),
        CpuQuota = Given(resources.Cpu?.Quota),
        CpuPeriod = Given(resources.Cpu?.Period),
        Cpus = string.IsNullOrEmpty(resources.Cpu?.Cpus) ? null : resources.Cpu.Cpus,
        Pids = Given(resources.Pids?.Limit),
        BlockWeight = Given(resources.BlockIo?.Weight),
    };

    /// <summary>Puts the limits on a cgroup that is there; those for devices are another matter.</summary>
    /// <exception cref="IOException">A controller is not there, or the kernel refuses a value.</exception>
    internal static void Apply(RuntimeResources? resources, ContainerCgroup cgroup)
    {
        LimitsOf(resources)?.ApplyTo(cgroup);
        foreach ((string file, string value) in resources?.Unified ?? new Dictionary<string, string>()) Write(cgroup, file, value);
    }

    // See config-linux.md, "Unified": the name of a file in the cgroup's directory of version 2.
    private static void Write(ContainerCgroup cgroup, string file, string value)
    {
        string controller = file.Split('.')[0];
        CgroupDirectory directory = cgroup.Require(controller, controller);
        if (!directory.IsSecond)
            throw new IOException($"linux.resources.unified: '{file}': this machine has the controller '{controller}' in version 1.");
        directory.Write(file, value);
    }

    /// <summary>The rules, and behind them those for the devices that every container has.</summary>
    internal static List<DeviceRule> DevicesOf(IReadOnlyList<RuntimeDeviceRule> rules) =>
        [.. rules.SelectMany(Translate), .. DefaultDevices.Rules.Skip(1).SelectMany(Translate)];

    private static IEnumerable<DeviceRule> Translate(RuntimeDeviceRule rule)
    {
        string access = string.IsNullOrEmpty(rule.Access) ? DeviceRule.Everything : rule.Access;
        uint? major = NumberOf(rule.Major), minor = NumberOf(rule.Minor);
        char type = string.IsNullOrEmpty(rule.Type) ? 'a' : rule.Type[0] == 'u' ? 'c' : rule.Type[0];
        // The kernel knows 'a' for everything that can be done with any device alone.
        bool whole = type != 'a' || (major is null && minor is null && access.Length == DeviceRule.Everything.Length);
        return whole
            ? [new DeviceRule(rule.Allow, type, major, minor, type == 'a' ? DeviceRule.Everything : access)]
            : [new DeviceRule(rule.Allow, 'b', major, minor, access), new DeviceRule(rule.Allow, 'c', major, minor, access)];
    }

    private static uint? NumberOf(long? number) => number is >= 0 and <= uint.MaxValue ? (uint)number : null;

    private static long? Given(long? limit) => limit == 0 ? null : limit;
}
