using System.Runtime.InteropServices;

namespace LayerPS.Seccomp;

/// <summary>This machine, as profiles name it.</summary>
internal static class SeccompHost
{
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static string LibraryArchitecture => IsArm ? "SCMP_ARCH_AARCH64" : "SCMP_ARCH_X86_64";

    internal static SeccompTarget Target(IReadOnlyList<string> capabilities) =>
        new(IsArm ? "arm64" : "amd64", Environment.OSVersion.Version, capabilities);
}
