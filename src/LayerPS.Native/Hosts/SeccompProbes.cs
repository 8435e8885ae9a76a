using System.Runtime.InteropServices;
using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>The filter of system calls.</summary>
internal static unsafe class SeccompProbes
{
    private const string Actions = "/proc/sys/kernel/seccomp/actions_avail";
    private const string Library = "libseccomp.so.2";

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("seccomp", "The kernel refuses a container the calls that its filter does not list.",
            "Boot a kernel with CONFIG_SECCOMP_FILTER.", FindKernel),
        new("libseccomp", "It makes that filter of a list of calls.",
            "Install it: apt-get install libseccomp2, dnf install libseccomp, or the like.", FindLibrary),
    ];

    private static ProbeFinding FindKernel() => File.Exists(Actions)
        ? ProbeFinding.Good(File.ReadAllText(Actions).Trim())
        : ProbeFinding.Bad("no filters in this kernel");

    private static ProbeFinding FindLibrary()
    {
        if (!NativeLibrary.TryLoad(Library, out nint library)) return ProbeFinding.Bad($"{Library} was not found");
        try
        {
            // const struct scmp_version *seccomp_version(void), three unsigned numbers; see seccomp_version(3).
            var version = (delegate* unmanaged<uint*>)NativeLibrary.GetExport(library, "seccomp_version");
            uint* numbers = version();
            return ProbeFinding.Good($"{numbers[0]}.{numbers[1]}.{numbers[2]}");
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }
}
