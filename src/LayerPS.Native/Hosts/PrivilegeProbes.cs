using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>What the user of this session may do.</summary>
internal static class PrivilegeProbes
{
    private const string AsRoot = "Run pwsh as root: sudo pwsh.";

    // What making a container takes; the rest is what its processes may get.
    private static readonly string[] Needed =
    [
        "CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_DAC_READ_SEARCH", .. DefaultCapabilities.Names,
    ];

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("root", "Mounts and namespaces are the kernel's privilege.", AsRoot, FindUser) { IsRequired = true },
        new("capabilities", "Root itself may have lost some, inside of a container for example.",
            $"{AsRoot} Inside of another container, give that one more: docker run --privileged.", FindCapabilities)
            { IsRequired = true },
        new("capability-bounding", "-CapabilityAdd and -Privileged give what this session may hand on, and nothing else. " +
            "With CAP_SYS_RESOURCE a container can have higher limits than the session: -Ulimit, -OomScoreAdjust below it.",
            "Run pwsh where root has all of them: not inside of a container, nor in a service with CapabilityBoundingSet=.",
            FindBounding),
    ];

    private static ProbeFinding FindUser() => new(Environment.IsPrivilegedProcess, Environment.UserName);

    private static ProbeFinding FindBounding()
    {
        string[] missing = [.. Capabilities.Names.Except(Capabilities.ListBounding())];
        return missing.Length == 0
            ? ProbeFinding.Good($"all {Capabilities.Names.Length}")
            : ProbeFinding.Bad("without " + string.Join(", ", missing));
    }

    private static ProbeFinding FindCapabilities()
    {
        ulong effective = Capabilities.GetEffective();
        List<string> missing = [.. Needed.Where(name => (effective & Capabilities.MaskOf([name])) == 0)];
        return missing.Count == 0
            ? ProbeFinding.Good($"all {Needed.Length} that are needed")
            : ProbeFinding.Bad("missing: " + string.Join(", ", missing));
    }
}
