using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>Signals to all processes of a group at once, see kill(2).</summary>
internal static class ProcessGroup
{
    /// <summary>Sends the signal; one that has no process any more is left alone.</summary>
    /// <param name="leader">The group's number; the caller keeps it from being given to another, by not waiting for the leader.</param>
    /// <param name="signal">The signal's number.</param>
    internal static void Signal(int leader, int signal)
    {
        if (LibC.kill(-leader, signal) == 0) return;
        LinuxException failure = LinuxException.FromLastError("kill");
        if (failure.Errno != LibC.ESRCH) throw failure;
    }
}
