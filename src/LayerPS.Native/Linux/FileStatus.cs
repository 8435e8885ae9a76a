using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>
/// What the kernel knows of a file, see fstatat(2). Links are never followed. Device is the file system's number,
/// Node that of a device file; Blocks is the space in use, in units of 512 bytes.
/// </summary>
internal readonly record struct FileStatus(
    ulong Device, ulong Inode, uint Mode, ulong Links, uint Uid, uint Gid, DeviceNumber Node, long Size, long Blocks,
    FileTime Modified)
{
    internal uint Type => Mode & FileType.Mask;

    internal uint Permissions => Mode & 0xfff;

    internal bool IsDirectory => Type == FileType.Directory;

    internal bool IsRegularFile => Type == FileType.Regular;

    internal bool IsSymbolicLink => Type == FileType.SymbolicLink;

    /// <summary>Overlayfs's form of "this name is deleted".</summary>
    internal bool IsWhiteout => Type == FileType.CharacterDevice && Node == DeviceNumber.Whiteout;

    internal static unsafe FileStatus Of(SafeFileHandle handle)
    {
        stat status;
        return LibC.fstat(handle.Number(), &status) == 0
            ? From(status)
            : throw LinuxException.FromLastError("fstat");
    }

    /// <returns>0, or the error number (ENOENT where there is no such name).</returns>
    [SkipLocalsInit]
    internal static unsafe int TryOf(SafeFileHandle parent, ReadOnlySpan<byte> name, out FileStatus status)
    {
        stat native;
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "fstatat"))
        {
            int result = LibC.fstatat(parent.Number(), p, &native, LibC.AT_SYMLINK_NOFOLLOW);
            status = result == 0 ? From(native) : default;
            return result == 0 ? 0 : LibC.errno;
        }
    }

    private static FileStatus From(in stat s) => new(
        s.st_dev, s.st_ino, (ushort)(mode_t)s.st_mode, s.st_nlink, s.st_uid, s.st_gid, DeviceNumber.Decode(s.st_rdev),
        s.st_size, s.st_blocks, new FileTime(s.st_mtim.tv_sec, (int)s.st_mtim.tv_nsec));
}
