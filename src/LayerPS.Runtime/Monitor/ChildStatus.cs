using System.Runtime.InteropServices;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>How a child ended, see waitpid(2).</summary>
internal static unsafe partial class ChildStatus
{
    private const int WithoutSleep = 1; // WNOHANG

    internal static int Wait(int pid)
    {
        int status;
        while (WaitPid(pid, &status, 0) < 0)
        {
            LinuxException failure = LinuxException.FromLastError("waitpid");
            if (failure.Errno != LibC.EINTR) throw failure;
        }

        return status;
    }

    /// <summary>Waits for a child that has ended, whichever; false when none has.</summary>
    internal static bool TryReap(out int pid, out int status)
    {
        int ended;
        pid = WaitPid(-1, &ended, WithoutSleep);
        status = ended;
        return pid > 0;
    }

    internal static int SignalOf(int status) => status & 0x7F;

    /// <summary>128 + n after signal n, as shells have it.</summary>
    internal static int ExitCodeOf(int status) =>
        SignalOf(status) is var signal && signal != 0 ? 128 + signal : (status >> 8) & 0xFF;

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int pid, int* status, int options);
}
