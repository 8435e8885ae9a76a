using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>
/// The raw door to the kernel for calls that glibc 2.31 has no wrapper for. Numbers from 403 on are the same on
/// every architecture (see the kernel's <c>scripts/syscall.tbl</c>), so those few that are used are listed here once.
/// </summary>
internal static unsafe partial class SystemCall
{
    internal const long PidfdSendSignal = 424;
    internal const long OpenTree = 428;
    internal const long MoveMount = 429;
    internal const long FsOpen = 430;
    internal const long FsConfig = 431;
    internal const long FsMount = 432;
    internal const long PidfdOpen = 434;
    internal const long CloseRange = 436;
    internal const long OpenAt2 = 437;
    internal const long MountSetAttr = 442;

    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Older numbers, which differ; the others are ARM's and those of every architecture since.</summary>
    internal static readonly long SetGroups = IsX64 ? 116 : 159;
    internal static readonly long SetResUid = IsX64 ? 117 : 147;
    internal static readonly long SetResGid = IsX64 ? 119 : 149;
    internal static readonly long SetFileUser = IsX64 ? 122 : 151;
    internal static readonly long SetFileGroup = IsX64 ? 123 : 152;
    internal static readonly long GetCurrentDirectory = IsX64 ? 79 : 17;
    // Tmds.LibC calls it by a name that glibc keeps for old programs only and a static one cannot be linked with.
    internal static readonly long MakeNodeAt = IsX64 ? 259 : 33;
    internal static readonly long Bpf = IsX64 ? 321 : 280;
    internal static readonly long Seccomp = IsX64 ? 317 : 277;
    internal static readonly long MemoryFileCreate = IsX64 ? 319 : 279;

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial long Invoke(long number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0);
}
