using System.Runtime.InteropServices;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>The kernel, the processor and the C library.</summary>
internal static class KernelProbes
{
    private static readonly Version MinimumLibrary = new(2, 31);

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("kernel-version", "Containers are made by calls that older kernels do not have.",
            $"Boot a kernel {HostRequirements.MinimumKernel} or later.", FindKernel) { IsRequired = true },
        new("architecture", "layerps-runtime is built for these.", "Use a machine of x64 or arm64.", FindArchitecture)
            { IsRequired = true },
        new("glibc-version", "The module and layerps-runtime are linked with it.",
            $"Use a distribution with glibc {MinimumLibrary} or later, such as Debian 11 or Ubuntu 20.04.", FindLibrary)
            { IsRequired = true },
    ];

    private static ProbeFinding FindKernel() => new(
        Environment.OSVersion.Version >= HostRequirements.MinimumKernel,
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim());

    private static ProbeFinding FindArchitecture() => new(
        RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant());

    private static ProbeFinding FindLibrary() => CLibrary.GlibcVersion is { } version
        ? new ProbeFinding(version >= MinimumLibrary, version.ToString())
        : ProbeFinding.Bad("the C library is not glibc");
}
