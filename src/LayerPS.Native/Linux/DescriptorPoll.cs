using System.Runtime.InteropServices;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>Waiting until one of several descriptors can be read, see poll(2), in a way that can be cancelled.</summary>
internal static unsafe partial class DescriptorPoll
{
    /// <param name="descriptors">What to wait for: pipes, pidfds, inotify.</param>
    /// <param name="timeout">How long; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</param>
    /// <param name="cancellationToken">Ends the waiting early, without an exception.</param>
    /// <returns>False when the time was over, or the token was cancelled, before any of them could be read.</returns>
    internal static bool Wait(ReadOnlySpan<int> descriptors, TimeSpan timeout, CancellationToken cancellationToken) =>
        Wait(descriptors, POLLIN, timeout, cancellationToken);

    /// <summary>Waits until something can be written; also when nobody is there any more to read it.</summary>
    /// <returns>False when the token was cancelled first.</returns>
    internal static bool WaitWritable(int descriptor, CancellationToken cancellationToken) =>
        Wait([descriptor], POLLOUT, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>poll(2) itself.</summary>
    /// <returns>How many are ready; 0 when the time was over, and also when a signal came first.</returns>
    internal static int Poll(pollfd* descriptors, int count, int milliseconds)
    {
        int ready = PollOnce(descriptors, (nuint)count, milliseconds);
        if (ready >= 0) return ready;
        LinuxException failure = LinuxException.FromLastError("poll");
        return failure.Errno == EINTR ? 0 : throw failure;
    }

    // That of Tmds.LibC does not keep the error number, so that a signal looks like a failure without a reason.
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int PollOnce(pollfd* descriptors, nuint count, int milliseconds);

    private static bool Wait(
        ReadOnlySpan<int> descriptors, short events, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long deadline = timeout < TimeSpan.Zero ? long.MaxValue : Environment.TickCount64 + (long)timeout.TotalMilliseconds;
        int wake = cancellationToken.CanBeCanceled ? MakeEvent() : -1;
        try
        {
            using CancellationTokenRegistration registration = cancellationToken.Register(() => SetEvent(wake));
            pollfd* waiting = stackalloc pollfd[descriptors.Length + 1];
            for (int i = 0; i < descriptors.Length; i++) waiting[i] = new pollfd { fd = descriptors[i], events = events };
            // poll(2) leaves out an entry with a negative descriptor.
            waiting[descriptors.Length] = new pollfd { fd = wake, events = POLLIN };
            while (true)
            {
                int ready = Poll(waiting, descriptors.Length + 1, Remaining(deadline));
                if (ready == 0 && Remaining(deadline) == 0) return false;
                if (ready > 0) return ready > 1 || waiting[descriptors.Length].revents == 0;
            }
        }
        finally
        {
            if (wake >= 0) _ = close(wake);
        }
    }

    // poll(2) takes an int of milliseconds: 24 days, after which the loop goes round once more.
    private static int Remaining(long deadline) => deadline == long.MaxValue
        ? -1
        : (int)Math.Clamp(deadline - Environment.TickCount64, 0, int.MaxValue);

    private static int MakeEvent()
    {
        int descriptor = eventfd(0, EFD_CLOEXEC);
        return descriptor >= 0 ? descriptor : throw LinuxException.FromLastError("eventfd");
    }

    private static void SetEvent(int descriptor)
    {
        ulong one = 1;
        _ = write(descriptor, &one, sizeof(ulong));
    }
}
