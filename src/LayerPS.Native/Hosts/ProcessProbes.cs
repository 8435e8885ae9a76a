using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Hosts;

/// <summary>The calls by which processes are made, held and kept apart from files.</summary>
internal static class ProcessProbes
{
    private const string Newer =
        "Boot a kernel 5.11 or later; inside of another container, one whose seccomp filter knows this call.";

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("pidfd", "A signal reaches the process that is meant, and never one that got its number later.", Newer,
            FindPidfd) { IsRequired = true },
        new("clone3-cgroup", "A container's first process is born in its cgroup (CLONE_INTO_CGROUP).", Newer, FindClone)
            { IsRequired = true },
        new("openat2", "No link of an image leads out of it (RESOLVE_IN_ROOT).", Newer, FindOpenAt)
            { IsRequired = true },
        new("close-range", "A container gets no file that this session has open.", Newer, FindCloseRange)
            { IsRequired = true },
    ];

    private static ProbeFinding FindPidfd()
    {
        int self = Environment.ProcessId;
        using ProcessHandle? handle = ProcessHandle.TryOpen(self, ProcessHandle.StartTimeOf(self) ?? 0);
        return handle?.Signal(0) == true
            ? ProbeFinding.Good("pidfd_open, pidfd_send_signal")
            : throw LinuxException.FromLastError("pidfd_open");
    }

    private static ProbeFinding FindClone() => ChildProcess.TryIntoNoCgroup() is var error && error == LibC.EBADF
        ? ProbeFinding.Good("clone3")
        : throw new LinuxException("clone3", "CLONE_INTO_CGROUP", error);

    private static ProbeFinding FindOpenAt()
    {
        using SafeFileHandle proc = FileTree.OpenDirectory("/proc");
        int error = FileTree.TryOpenBelow(
            proc, "../../version"u8, LibC.O_RDONLY, FileTree.ResolveInRoot, out SafeFileHandle? found);
        found?.Dispose();
        return error == 0
            ? ProbeFinding.Good("openat2")
            : throw new LinuxException("openat2", "/proc/version", error);
    }

    // Of a range beyond every number that can be open.
    private static ProbeFinding FindCloseRange() =>
        SystemCall.Invoke(SystemCall.CloseRange, int.MaxValue, int.MaxValue) == 0
            ? ProbeFinding.Good("close_range")
            : throw LinuxException.FromLastError("close_range");
}
