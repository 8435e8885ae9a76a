using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>
/// Extended attributes as bytes, see xattr(7). A name in a directory is reached as /proc/self/fd/N/name, because
/// the calls take no directory before Linux 6.13. Links are never followed.
/// </summary>
[SkipLocalsInit]
internal static unsafe partial class ExtendedAttributes
{
    // A value's largest size, and that of all names together (XATTR_SIZE_MAX, XATTR_LIST_MAX).
    private const int MaximumSize = 65536;

    internal static void Set(SafeFileHandle file, ReadOnlySpan<byte> attribute, ReadOnlySpan<byte> value)
    {
        fixed (byte* a = CString.Terminate(attribute, stackalloc byte[CString.Capacity], "fsetxattr"))
        fixed (byte* v = value)
            if (fsetxattr(file.Number(), a, v, (nuint)value.Length, 0) != 0)
                throw LinuxException.FromLastError("fsetxattr", ByteText.Display(attribute));
    }

    internal static void Set(
        SafeFileHandle parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> attribute, ReadOnlySpan<byte> value)
    {
        fixed (byte* p = PathOf(parent, name, stackalloc byte[CString.Capacity]))
        fixed (byte* a = CString.Terminate(attribute, stackalloc byte[CString.Capacity], "lsetxattr"))
        fixed (byte* v = value)
            if (lsetxattr(p, a, v, (nuint)value.Length, 0) != 0)
                throw LinuxException.FromLastError("lsetxattr", ByteText.Display(name));
    }

    /// <returns>The value, or null where the file has no such attribute or its file system knows none.</returns>
    internal static byte[]? Get(SafeFileHandle file, ReadOnlySpan<byte> attribute)
    {
        fixed (byte* a = CString.Terminate(attribute, stackalloc byte[CString.Capacity], "fgetxattr"))
            return Get(file.Number(), null, a);
    }

    /// <inheritdoc cref="Get(SafeFileHandle, ReadOnlySpan{byte})"/>
    internal static byte[]? Get(SafeFileHandle parent, ReadOnlySpan<byte> name, ReadOnlySpan<byte> attribute)
    {
        fixed (byte* p = PathOf(parent, name, stackalloc byte[CString.Capacity]))
        fixed (byte* a = CString.Terminate(attribute, stackalloc byte[CString.Capacity], "lgetxattr"))
            return Get(0, p, a);
    }

    /// <returns>The names, sorted; empty where there are none or the file system knows none.</returns>
    internal static IReadOnlyList<byte[]> List(SafeFileHandle file) => List(file.Number(), null);

    /// <inheritdoc cref="List(SafeFileHandle)"/>
    internal static IReadOnlyList<byte[]> List(SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        fixed (byte* p = PathOf(parent, name, stackalloc byte[CString.Capacity]))
            return List(0, p);
    }

    private static byte[]? Get(int fd, byte* path, byte* attribute)
    {
        byte[] value = new byte[256];
        while (true)
        {
            nint length;
            fixed (byte* v = value)
                length = path == null
                    ? fgetxattr(fd, attribute, v, (nuint)value.Length)
                    : lgetxattr(path, attribute, v, (nuint)value.Length);
            if (length >= 0) return value.AsSpan(0, (int)length).ToArray();
            int error = LibC.errno;
            if (error == LibC.ENODATA || error == LibC.EOPNOTSUPP) return null;
            if (error != LibC.ERANGE || value.Length >= MaximumSize) throw new LinuxException("getxattr", null, error);
            value = new byte[MaximumSize];
        }
    }

    private static List<byte[]> List(int fd, byte* path)
    {
        nint length = path == null ? flistxattr(fd, null, 0) : llistxattr(path, null, 0);
        if (length == 0) return [];
        if (length < 0) return LibC.errno == LibC.EOPNOTSUPP ? [] : throw LinuxException.FromLastError("listxattr");
        byte[] names = new byte[MaximumSize];
        fixed (byte* n = names)
            length = path == null
                ? flistxattr(fd, n, (nuint)names.Length)
                : llistxattr(path, n, (nuint)names.Length);
        return length < 0 ? throw LinuxException.FromLastError("listxattr") : Split(names.AsSpan(0, (int)length));
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> names)
    {
        List<byte[]> list = [];
        while (!names.IsEmpty)
        {
            int end = names.IndexOf((byte)0);
            list.Add(names[..end].ToArray());
            names = names[(end + 1)..];
        }
        list.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return list;
    }

    private static ReadOnlySpan<byte> PathOf(SafeFileHandle parent, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        int length = Encoding.ASCII.GetBytes($"/proc/self/fd/{parent.Number()}/", buffer);
        if (name.Length >= buffer.Length - length)
            throw new LinuxException("xattr", ByteText.Display(name), LibC.ENAMETOOLONG);
        name.CopyTo(buffer[length..]);
        buffer[length + name.Length] = 0;
        return buffer[..(length + name.Length + 1)];
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsetxattr(int fd, byte* name, byte* value, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int lsetxattr(byte* path, byte* name, byte* value, nuint size, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint lgetxattr(byte* path, byte* name, byte* value, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint llistxattr(byte* path, byte* list, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint fgetxattr(int fd, byte* name, byte* value, nuint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint flistxattr(int fd, byte* list, nuint size);
}
