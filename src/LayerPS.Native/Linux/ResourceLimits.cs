using System.Runtime.InteropServices;

namespace LayerPS.Linux;

/// <summary>Resource limits by name, see getrlimit(2).</summary>
internal static unsafe partial class ResourceLimits
{
    private static readonly string[] Names =
    [
        "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_RSS", "RLIMIT_NPROC",
        "RLIMIT_NOFILE", "RLIMIT_MEMLOCK", "RLIMIT_AS", "RLIMIT_LOCKS", "RLIMIT_SIGPENDING", "RLIMIT_MSGQUEUE",
        "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_RTTIME",
    ];

    /// <summary>RLIMIT_CPU and the others.</summary>
    internal static IReadOnlyList<string> Known => Names;

    internal static (ulong Soft, ulong Hard) Get(string name)
    {
        Limit limit;
        if (GetLimit(NumberOf(name), &limit) < 0) throw LinuxException.FromLastError("getrlimit", name);
        return (limit.Soft, limit.Hard);
    }

    internal static void Set(string name, ulong soft, ulong hard)
    {
        Limit limit = new() { Soft = soft, Hard = hard };
        if (SetLimit(NumberOf(name), &limit) < 0) throw LinuxException.FromLastError("setrlimit", name);
    }

    private static int NumberOf(string name)
    {
        int number = Array.IndexOf(Names, name);
        return number >= 0 ? number : throw new ArgumentException($"'{name}' is not a resource limit.", nameof(name));
    }

    [LibraryImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    private static partial int GetLimit(int resource, Limit* limit);

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, Limit* limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        internal ulong Soft;
        internal ulong Hard;
    }
}
