using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>
/// A process held by a pidfd (pidfd_open(2)), so that a signal can never reach another process that got the same number.
/// </summary>
internal sealed unsafe class ProcessHandle : IDisposable
{
    private readonly SafeFileHandle _descriptor;

    private ProcessHandle(SafeFileHandle descriptor) => _descriptor = descriptor;

    /// <summary>The process with that number if it is the one that started at that time; null if it is gone.</summary>
    internal static ProcessHandle? TryOpen(int pid, long startTime)
    {
        long descriptor = SystemCall.Invoke(SystemCall.PidfdOpen, pid);
        if (descriptor < 0) return null;

        var handle = new ProcessHandle(new SafeFileHandle((nint)descriptor, ownsHandle: true));
        if (StartTimeOf(pid) == startTime) return handle;

        handle.Dispose();
        return null;
    }

    /// <summary>A pidfd of a child that has not been waited for, so that its number is still its own.</summary>
    internal static int OpenDescriptor(int pid)
    {
        long descriptor = SystemCall.Invoke(SystemCall.PidfdOpen, pid);
        return descriptor >= 0 ? (int)descriptor : throw LinuxException.FromLastError("pidfd_open");
    }

    /// <summary>
    /// When the process started, in clock ticks since boot (field 22 of /proc/pid/stat, see proc_pid_stat(5)); null if it is gone.
    /// </summary>
    internal static long? StartTimeOf(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        }
        catch (IOException)
        {
            return null;
        }

        // The command name may hold spaces and brackets; fields count from the last bracket on.
        ReadOnlySpan<char> fields = stat.AsSpan(stat.LastIndexOf(')') + 2);
        if (fields[0] is 'Z' or 'X') return null;
        for (int field = 3; field < 22; field++) fields = fields[(fields.IndexOf(' ') + 1)..];
        return long.Parse(fields[..fields.IndexOf(' ')], CultureInfo.InvariantCulture);
    }

    /// <summary>Sends the signal; false if the process is gone.</summary>
    internal bool Signal(int signal)
    {
        if (SystemCall.Invoke(SystemCall.PidfdSendSignal, _descriptor.DangerousGetHandle(), signal) == 0) return true;
        LinuxException failure = LinuxException.FromLastError("pidfd_send_signal");
        return failure.Errno == ESRCH ? false : throw failure;
    }

    /// <summary>For <see cref="DescriptorPoll"/>: readable when the process has ended.</summary>
    internal int Descriptor => _descriptor.Number();

    /// <summary>Waits until the process has ended; false when the time was over or the token was cancelled first.</summary>
    internal bool WaitForExit(TimeSpan timeout, CancellationToken cancellationToken) =>
        DescriptorPoll.Wait([Descriptor], timeout, cancellationToken);

    public void Dispose() => _descriptor.Dispose();
}
