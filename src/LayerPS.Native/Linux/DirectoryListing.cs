using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Linux;

/// <summary>The names in a directory as bytes, see getdents64(2).</summary>
internal static unsafe partial class DirectoryListing
{
    /// <summary>
    /// All names but '.' and '..', in the order of their bytes; the handle must not have been read before.
    /// </summary>
    internal static List<byte[]> Read(SafeFileHandle directory)
    {
        const int NameOffset = 19; // d_ino 8, d_off 8, d_reclen 2, d_type 1
        List<byte[]> names = [];
        byte[] buffer = GC.AllocateUninitializedArray<byte>(64 * 1024);
        fixed (byte* p = buffer)
        {
            while (true)
            {
                nint length = getdents64(directory.Number(), p, (nuint)buffer.Length);
                if (length < 0) throw LinuxException.FromLastError("getdents64");
                if (length == 0) break;
                for (int at = 0; at < length;)
                {
                    int size = BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(at + 16));
                    ReadOnlySpan<byte> name = buffer.AsSpan(at + NameOffset, size - NameOffset);
                    name = name[..name.IndexOf((byte)0)];
                    if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) names.Add(name.ToArray());
                    at += size;
                }
            }
        }
        names.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        return names;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint getdents64(int fd, void* buffer, nuint count);
}
