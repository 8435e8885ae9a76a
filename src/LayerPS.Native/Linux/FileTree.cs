using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>
/// Making, opening and removing names in a directory that is held open, see openat2(2), mkdirat(2), mknodat(2),
/// linkat(2), symlinkat(2), unlinkat(2). Names are bytes. Every call throws <see cref="LinuxException"/>, except
/// those named Try…, which return the error number or 0.
/// </summary>
[SkipLocalsInit]
internal static unsafe class FileTree
{
    /// <summary>Links are followed as if the directory were the root of everything.</summary>
    internal static readonly ulong ResolveInRoot = (ulong)(LibC.RESOLVE_IN_ROOT | LibC.RESOLVE_NO_MAGICLINKS);

    /// <summary>No link is followed at all, at no place of the path.</summary>
    internal static readonly ulong ResolveNoLinks = (ulong)(LibC.RESOLVE_IN_ROOT | LibC.RESOLVE_NO_SYMLINKS);

    /// <summary>Opens a directory by the path of the host, following links.</summary>
    internal static SafeFileHandle OpenDirectory(string path)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(path);
        fixed (byte* p = CString.Terminate(bytes, stackalloc byte[CString.Capacity], "open"))
        {
            int fd = LibC.open(p, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC, 0);
            return fd >= 0 ? Own(fd) : throw LinuxException.FromLastError("open", path);
        }
    }

    /// <summary>Opens <paramref name="path"/> below <paramref name="root"/> with openat2(2).</summary>
    /// <returns>0 and the handle, or the error number.</returns>
    internal static int TryOpenBelow(
        SafeFileHandle root, ReadOnlySpan<byte> path, int flags, ulong resolve, out SafeFileHandle? handle)
    {
        handle = null;
        open_how how = new() { flags = (ulong)(flags | LibC.O_CLOEXEC), resolve = resolve };
        fixed (byte* p = CString.Terminate(path.IsEmpty ? "."u8 : path, stackalloc byte[CString.Capacity], "openat2"))
        {
            while (true)
            {
                long fd = SystemCall.Invoke(
                    SystemCall.OpenAt2, root.Number(), (nint)p, (nint)(&how), sizeof(open_how));
                if (fd >= 0)
                {
                    handle = Own((int)fd);
                    return 0;
                }
                // EAGAIN: something was renamed while the kernel walked; it asks to be called again.
                int error = LibC.errno;
                if (error != LibC.EAGAIN && error != LibC.EINTR) return error;
            }
        }
    }

    /// <summary>Makes a regular file that was not there and opens it for writing.</summary>
    internal static int TryCreateFile(
        SafeFileHandle parent, ReadOnlySpan<byte> name, uint mode, out SafeFileHandle? handle)
    {
        int flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW | LibC.O_CLOEXEC;
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "openat"))
        {
            int fd = LibC.openat(parent.Number(), p, flags, (mode_t)(ushort)mode);
            handle = fd >= 0 ? Own(fd) : null;
            return fd >= 0 ? 0 : LibC.errno;
        }
    }

    /// <summary>
    /// Opens the file <paramref name="name"/> itself for reading, never what a link of that name points to.
    /// </summary>
    internal static int TryOpenFile(SafeFileHandle parent, ReadOnlySpan<byte> name, out SafeFileHandle? handle)
    {
        // O_NONBLOCK: a fifo that took the file's place must not hang the caller.
        int flags = LibC.O_RDONLY | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_CLOEXEC;
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "openat"))
        {
            int fd = LibC.openat(parent.Number(), p, flags, default);
            handle = fd >= 0 ? Own(fd) : null;
            return fd >= 0 ? 0 : LibC.errno;
        }
    }

    internal static int TryMakeDirectory(SafeFileHandle parent, ReadOnlySpan<byte> name, uint mode)
    {
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "mkdirat"))
            return LibC.mkdirat(parent.Number(), p, (mode_t)(ushort)mode) == 0 ? 0 : LibC.errno;
    }

    /// <summary>Makes a device or fifo; the mode is its <see cref="FileType"/> and the permissions.</summary>
    internal static int TryMakeNode(SafeFileHandle parent, ReadOnlySpan<byte> name, uint mode, DeviceNumber device)
    {
        // The kernel takes 12 bits of a major number and 20 of a minor one, which glibc encodes in the same places.
        if (device.Encoded > uint.MaxValue) return LibC.EINVAL;
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "mknodat"))
        {
            long result = SystemCall.Invoke(
                SystemCall.MakeNodeAt, parent.Number(), (nint)p, (nint)mode, (nint)device.Encoded);
            return result == 0 ? 0 : Marshal.GetLastPInvokeError();
        }
    }

    internal static int TryMakeSymbolicLink(SafeFileHandle parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> target)
    {
        fixed (byte* t = CString.Terminate(target, stackalloc byte[CString.Capacity], "symlinkat"))
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "symlinkat"))
            return LibC.symlinkat(t, parent.Number(), p) == 0 ? 0 : LibC.errno;
    }

    /// <summary>Gives a file a second name. A symbolic link is linked itself, not what it points to.</summary>
    internal static int TryMakeHardLink(
        SafeFileHandle oldParent, ReadOnlySpan<byte> oldName, SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        fixed (byte* o = CString.Terminate(oldName, stackalloc byte[CString.Capacity], "linkat"))
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "linkat"))
            return LibC.linkat(oldParent.Number(), o, parent.Number(), p, 0) == 0 ? 0 : LibC.errno;
    }

    /// <summary>Removes an empty directory, or anything that is not one.</summary>
    internal static void Remove(SafeFileHandle parent, ReadOnlySpan<byte> name, bool directory)
    {
        int error = TryRemove(parent, name, directory);
        if (error != 0) throw new LinuxException("unlinkat", ByteText.Display(name), error);
    }

    /// <inheritdoc cref="Remove"/>
    internal static int TryRemove(SafeFileHandle parent, ReadOnlySpan<byte> name, bool directory)
    {
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "unlinkat"))
            return LibC.unlinkat(parent.Number(), p, directory ? LibC.AT_REMOVEDIR : 0) == 0 ? 0 : LibC.errno;
    }

    /// <summary>What a symbolic link points to.</summary>
    internal static byte[] ReadLink(SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        byte* target = stackalloc byte[CString.Capacity];
        fixed (byte* p = CString.Terminate(name, stackalloc byte[CString.Capacity], "readlinkat"))
        {
            long length = LibC.readlinkat(parent.Number(), p, target, CString.Capacity);
            return length >= 0
                ? new ReadOnlySpan<byte>(target, (int)length).ToArray()
                : throw LinuxException.FromLastError("readlinkat", ByteText.Display(name));
        }
    }

    /// <summary>The absolute path that the kernel has for an open file, see proc(5).</summary>
    internal static byte[] PathOf(SafeFileHandle handle)
    {
        byte* target = stackalloc byte[CString.Capacity];
        byte[] link = System.Text.Encoding.ASCII.GetBytes($"/proc/self/fd/{handle.Number()}\0");
        fixed (byte* p = link)
        {
            long length = LibC.readlink(p, target, CString.Capacity);
            return length >= 0
                ? new ReadOnlySpan<byte>(target, (int)length).ToArray()
                : throw LinuxException.FromLastError("readlink", "/proc/self/fd");
        }
    }

    /// <summary>The descriptor's number. The caller keeps the handle alive: it owns it or has it in a using.</summary>
    internal static int Number(this SafeFileHandle handle) => (int)handle.DangerousGetHandle();

    internal static SafeFileHandle Own(int fd) => new(fd, ownsHandle: true);
}
