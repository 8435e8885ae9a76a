using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>
/// The bytes of an open file, see write(2), pread(2), lseek(2), ftruncate(2). Every call throws
/// <see cref="LinuxException"/>, and goes on where the kernel did only a part.
/// </summary>
internal static unsafe class FileContent
{
    /// <summary>Writes all of <paramref name="bytes"/> at the file's position.</summary>
    internal static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* p = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                long written = LibC.write(file.Number(), p + done, bytes.Length - done);
                if (written < 0)
                {
                    if (LibC.errno == LibC.EINTR) continue;
                    throw LinuxException.FromLastError("write");
                }
                done += (int)written;
            }
        }
    }

    /// <summary>Reads up to the buffer's length at the file's position.</summary>
    /// <returns>How many bytes; 0 at the end of the file.</returns>
    internal static int Read(SafeFileHandle file, Span<byte> buffer)
    {
        fixed (byte* p = buffer)
        {
            while (true)
            {
                long read = LibC.read(file.Number(), p, buffer.Length);
                if (read >= 0) return (int)read;
                if (LibC.errno != LibC.EINTR) throw LinuxException.FromLastError("read");
            }
        }
    }

    /// <summary>Moves the file's position, counted from its start.</summary>
    internal static void Seek(SafeFileHandle file, long position)
    {
        if (LibC.lseek(file.Number(), position, LibC.SEEK_SET) < 0) throw LinuxException.FromLastError("lseek");
    }

    /// <summary>Sets the file's length; what is new in it is a hole.</summary>
    internal static void SetLength(SafeFileHandle file, long length)
    {
        if (LibC.ftruncate(file.Number(), length) != 0) throw LinuxException.FromLastError("ftruncate");
    }

    /// <summary>
    /// The next range that holds data at or after <paramref name="position"/>; null where only a hole is left.
    /// </summary>
    internal static (long Start, long End)? NextData(SafeFileHandle file, long position)
    {
        const int SeekData = 3, SeekHole = 4; // Linux's own whence values, see lseek(2)
        long start = LibC.lseek(file.Number(), position, SeekData);
        if (start < 0) return LibC.errno == LibC.ENXIO ? null : throw LinuxException.FromLastError("lseek");
        long end = LibC.lseek(file.Number(), start, SeekHole);
        return end < 0 ? throw LinuxException.FromLastError("lseek") : (start, end);
    }
}
