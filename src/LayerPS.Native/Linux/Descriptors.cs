using System.Globalization;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace LayerPS.Linux;

/// <summary>Pipes and plain reads and writes on descriptors that no stream wraps.</summary>
internal static unsafe class Descriptors
{
    /// <summary>A pipe whose both ends close on execution.</summary>
    internal static (int Read, int Write) Pipe()
    {
        int* ends = stackalloc int[2];
        return pipe2(ends, O_CLOEXEC) == 0 ? (ends[0], ends[1]) : throw LinuxException.FromLastError("pipe2");
    }

    /// <summary>Lets the descriptor pass into the program that is executed next.</summary>
    internal static void Inherit(int descriptor)
    {
        if (fcntl(descriptor, F_SETFD, 0) < 0) throw LinuxException.FromLastError("fcntl(F_SETFD)");
    }

    /// <summary>Closes the descriptor on execution.</summary>
    internal static void CloseOnExecute(int descriptor)
    {
        if (fcntl(descriptor, F_SETFD, FD_CLOEXEC) < 0) throw LinuxException.FromLastError("fcntl(F_SETFD)");
    }

    /// <summary>Lets a read or write that would sleep fail instead, for everybody who has this open file description.</summary>
    internal static void DoNotBlock(int descriptor)
    {
        int flags = fcntl(descriptor, F_GETFL);
        if (flags < 0 || fcntl(descriptor, F_SETFL, flags | O_NONBLOCK) < 0)
            throw LinuxException.FromLastError("fcntl(F_SETFL)");
    }

    /// <summary>Another number for the same open file; it closes on execution.</summary>
    internal static int Copy(int descriptor)
    {
        int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
        return copy >= 0 ? copy : throw LinuxException.FromLastError("fcntl(F_DUPFD_CLOEXEC)");
    }

    internal static void Duplicate(int from, int to)
    {
        if (dup2(from, to) < 0) throw LinuxException.FromLastError("dup2");
    }

    internal static int Open(string path, int flags, uint mode = 0)
    {
        fixed (byte* p = NullTerminated.From(path))
        {
            int descriptor = open(p, flags | O_CLOEXEC, (mode_t)mode);
            return descriptor >= 0 ? descriptor : throw LinuxException.FromLastError("open", path);
        }
    }

    internal static void Close(int descriptor) => _ = close(descriptor);

    /// <summary>The number of bytes read; 0 at the end.</summary>
    internal static int Read(int descriptor, Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            while (true)
            {
                nint count = (nint)(long)read(descriptor, p, buffer.Length);
                if (count >= 0) return (int)count;
                LinuxException failure = LinuxException.FromLastError("read");
                if (failure.Errno != EINTR) throw failure;
            }
        }
    }

    /// <summary>As <see cref="Read"/>; null when nothing is there yet, for a descriptor that does not block.</summary>
    internal static int? TryRead(int descriptor, Span<byte> buffer)
    {
        try
        {
            return Read(descriptor, buffer);
        }
        catch (LinuxException failure) when (failure.Errno == EAGAIN)
        {
            return null;
        }
    }

    /// <summary>The number of bytes written, which may be fewer than given; null when there is no room yet.</summary>
    internal static int? TryWrite(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes)
        {
            while (true)
            {
                nint count = (nint)(long)write(descriptor, p, bytes.Length);
                if (count >= 0) return (int)count;
                LinuxException failure = LinuxException.FromLastError("write");
                if (failure.Errno == EAGAIN) return null;
                if (failure.Errno != EINTR) throw failure;
            }
        }
    }

    internal static void WriteAll(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes)
        {
            int done = 0;
            while (done < bytes.Length)
            {
                nint count = (nint)(long)write(descriptor, p + done, bytes.Length - done);
                if (count >= 0)
                {
                    done += (int)count;
                    continue;
                }

                LinuxException failure = LinuxException.FromLastError("write");
                if (failure.Errno != EINTR) throw failure;
            }
        }
    }

    /// <summary>
    /// Closes what whoever executed this program left open, except for the three standard streams. The .NET runtime
    /// has descriptors of its own that must stay; it opens them to close on execution, which no inherited one does.
    /// </summary>
    internal static void CloseInherited()
    {
        using SafeFileHandle open = FileTree.OpenDirectory("/proc/self/fd");
        foreach (byte[] name in DirectoryListing.Read(open))
        {
            int descriptor = int.Parse(name, CultureInfo.InvariantCulture);
            if (descriptor > 2 && fcntl(descriptor, F_GETFD) == 0) Close(descriptor);
        }
    }

    /// <summary>Lets every descriptor from that one on close at execution, see close_range(2).</summary>
    internal static void CloseFromOnExecute(int first)
    {
        const int CloseOnExecute = 4;
        if (SystemCall.Invoke(SystemCall.CloseRange, first, unchecked((nint)uint.MaxValue), CloseOnExecute) < 0)
            throw LinuxException.FromLastError("close_range");
    }
}
