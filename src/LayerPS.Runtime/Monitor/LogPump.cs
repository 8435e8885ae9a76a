using System.Runtime.InteropServices;
using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>Carries what the container writes into its log until its first process has ended.</summary>
internal static unsafe class LogPump
{
    private const int Capacity = 16 * 1024;

    internal static void Run(int pid, int output, int error, int log)
    {
        long process = SystemCall.Invoke(SystemCall.PidfdOpen, pid);
        if (process < 0) throw LinuxException.FromLastError("pidfd_open");

        // Outside the managed heap, and touched only as far as it is used.
        byte* buffer = (byte*)NativeMemory.Alloc(Capacity);
        var writer = new LogWriter(log);
        pollfd* waiting = stackalloc pollfd[3];
        waiting[0] = new pollfd { fd = output, events = LibC.POLLIN };
        waiting[1] = new pollfd { fd = error, events = LibC.POLLIN };
        waiting[2] = new pollfd { fd = (int)process, events = LibC.POLLIN };
        bool ended = false;
        while (true)
        {
            int ready = LibC.poll(waiting, 3, ended ? 0 : -1);
            if (ready == 0) break;
            if (ready < 0) continue;

            bool moved = false;
            for (int stream = 0; stream < 2; stream++)
            {
                if (waiting[stream].revents == 0) continue;
                int count = Descriptors.Read(waiting[stream].fd, new Span<byte>(buffer, Capacity));
                moved |= count > 0;
                // A closed stream is left out of the poll by a negative descriptor, see poll(2).
                if (count == 0) waiting[stream].fd = -1;
                else writer.Write(stream == 0 ? LogStream.StandardOutput : LogStream.StandardError, new ReadOnlySpan<byte>(buffer, count));
            }

            if (waiting[2].revents == 0) continue;
            // Whatever was written before the end is in the pipes by now: once more around, without waiting.
            if (ended && !moved) break;
            ended = true;
        }

        Descriptors.Close((int)process);
        NativeMemory.Free(buffer);
    }
}
