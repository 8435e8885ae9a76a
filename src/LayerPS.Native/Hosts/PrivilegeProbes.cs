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
    ];

    private static ProbeFinding FindUser() => new(Environment.IsPrivilegedProcess, Environment.UserName);

    private static ProbeFinding FindCapabilities()
    {
        ulong effective = Capabilities.GetEffective();
        List<string> missing = [.. Needed.Where(name => (effective & Capabilities.MaskOf([name])) == 0)];
        return missing.Count == 0
            ? ProbeFinding.Good($"all {Needed.Length} that are needed")
            : ProbeFinding.Bad("missing: " + string.Join(", ", missing));
    }
}
