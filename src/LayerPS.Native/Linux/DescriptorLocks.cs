using System.Runtime.InteropServices;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>Whole-file locks that belong to an open file description, see fcntl_locking(2).</summary>
internal static unsafe class DescriptorLocks
{
    private const int Get = 36;
    private const int Set = 37;
    private const int SetAndWait = 38;
    private const short ReadLock = 0;
    private const short WriteLock = 1;
    private const short Unlocked = 2;

    /// <summary>False when another open file description has a lock that forbids this one.</summary>
    internal static bool TryLock(int descriptor, bool exclusive)
    {
        Request request = new() { Type = exclusive ? WriteLock : ReadLock };
        if (LibC.fcntl(descriptor, Set, &request) == 0) return true;
        LinuxException failure = LinuxException.FromLastError("fcntl(F_OFD_SETLK)");
        return failure.Errno is var errno && (errno == LibC.EAGAIN || errno == LibC.EACCES) ? false : throw failure;
    }

    /// <summary>Sleeps until the lock can be had.</summary>
    internal static void Lock(int descriptor, bool exclusive)
    {
        Request request = new() { Type = exclusive ? WriteLock : ReadLock };
        while (LibC.fcntl(descriptor, SetAndWait, &request) < 0)
        {
            LinuxException failure = LinuxException.FromLastError("fcntl(F_OFD_SETLKW)");
            if (failure.Errno != LibC.EINTR) throw failure;
        }
    }

    internal static bool IsLocked(int descriptor)
    {
        Request request = new() { Type = WriteLock };
        if (LibC.fcntl(descriptor, Get, &request) < 0) throw LinuxException.FromLastError("fcntl(F_OFD_GETLK)");
        return request.Type != Unlocked;
    }

    /// <summary>struct flock on 64-bit systems; start and length of 0 mean the whole file.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Request
    {
        internal short Type;
        internal short Whence;
        internal long Start;
        internal long Length;
        internal int Pid;
    }
}
