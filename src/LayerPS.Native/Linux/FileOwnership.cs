using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>
/// Owner, permissions and times of files, see fchownat(2), fchmodat(2), utimensat(2). Links are never followed.
/// Every call throws <see cref="LinuxException"/>.
/// </summary>
[SkipLocalsInit]
internal static unsafe class FileOwnership
{
    internal static void SetOwner(SafeFileHandle file, uint uid, uint gid)
    {
        if (LibC.fchown(file.Number(), uid, gid) != 0) throw LinuxException.FromLastError("fchown");
    }

    internal static void SetOwner(SafeFileHandle parent, ReadOnlySpan<byte> name, uint uid, uint gid)
    {
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "fchownat"))
            if (LibC.fchownat(parent.Number(), p, uid, gid, LibC.AT_SYMLINK_NOFOLLOW) != 0)
                throw LinuxException.FromLastError("fchownat", ByteText.Display(name));
    }

    internal static void SetMode(SafeFileHandle file, uint mode)
    {
        if (LibC.fchmod(file.Number(), (mode_t)(ushort)mode) != 0) throw LinuxException.FromLastError("fchmod");
    }

    /// <summary>
    /// The name must not be a symbolic link: those have no permissions, and fchmodat(2) would follow it.
    /// </summary>
    internal static void SetMode(SafeFileHandle parent, ReadOnlySpan<byte> name, uint mode)
    {
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "fchmodat"))
            if (LibC.fchmodat(parent.Number(), p, (mode_t)(ushort)mode, 0) != 0)
                throw LinuxException.FromLastError("fchmodat", ByteText.Display(name));
    }

    /// <summary>Sets the time of the last change and leaves that of the last access.</summary>
    internal static void SetModified(SafeFileHandle file, FileTime time)
    {
        timespec* times = stackalloc timespec[2];
        Fill(times, time);
        if (LibC.futimens(file.Number(), times) != 0) throw LinuxException.FromLastError("futimens");
    }

    internal static void SetModified(SafeFileHandle parent, ReadOnlySpan<byte> name, FileTime time)
    {
        timespec* times = stackalloc timespec[2];
        Fill(times, time);
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "utimensat"))
            if (LibC.utimensat(parent.Number(), p, times, LibC.AT_SYMLINK_NOFOLLOW) != 0)
                throw LinuxException.FromLastError("utimensat", ByteText.Display(name));
    }

    private static void Fill(timespec* times, FileTime time)
    {
        times[0] = new timespec { tv_sec = 0, tv_nsec = LibC.UTIME_OMIT };
        times[1] = new timespec { tv_sec = time.Seconds, tv_nsec = time.Nanoseconds };
    }
}
