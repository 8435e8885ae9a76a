using System.Globalization;
using LayerPS.Linux;
using LayerPS.Seccomp;
using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>The filter of system calls.</summary>
internal static class SeccompProbes
{
    private const string Actions = "/proc/sys/kernel/seccomp/actions_avail";
    private const string Without = " Without it containers run with -SecurityOption seccomp=unconfined alone.";

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("seccomp", "The kernel refuses a container the calls that its filter does not list.",
            "Boot a kernel with CONFIG_SECCOMP_FILTER." + Without, FindKernel),
        new("libseccomp", "It makes that filter of a list of calls.",
            "Install it: apt-get install libseccomp2, dnf install libseccomp, or the like." + Without, FindLibrary),
        new("seccomp-profile", "The usual filter, which keeps containers from mounting, modules, keyrings and the like.",
            "Install a newer libseccomp, 2.5 or later." + Without, FindProfile),
    ];

    private static ProbeFinding FindKernel() => File.Exists(Actions)
        ? ProbeFinding.Good(File.ReadAllText(Actions).Trim())
        : ProbeFinding.Bad("no filters in this kernel");

    private static ProbeFinding FindLibrary() => SeccompLibrary.Version is { } version
        ? ProbeFinding.Good(version)
        : ProbeFinding.Bad($"{SeccompLibrary.Name} was not found");

    private static ProbeFinding FindProfile() => ProbeFinding.Good(string.Create(
        CultureInfo.InvariantCulture, $"{SeccompFilterCache.MeasureDefault()} instructions"));
}
