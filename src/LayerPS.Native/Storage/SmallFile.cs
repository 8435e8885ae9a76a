using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Storage;

/// <summary>Reads the store's small files with no more than open, read and close: a listing reads thousands.</summary>
internal static class SmallFile
{
    private const int UsualSize = 4096;

    /// <inheritdoc cref="TryRead"/>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    internal static byte[] Read(string path) =>
        TryRead(path) ?? throw new FileNotFoundException($"There is no file '{path}'.", path);

    /// <returns>The whole content; null where there is no such file.</returns>
    /// <exception cref="LinuxException">It cannot be read.</exception>
    internal static byte[]? TryRead(string path)
    {
        int descriptor;
        try
        {
            descriptor = Descriptors.Open(path, LibC.O_RDONLY);
        }
        catch (LinuxException failure) when (failure.Errno is var errno && (errno == LibC.ENOENT || errno == LibC.ENOTDIR))
        {
            return null;
        }

        return ReadAndClose(descriptor);
    }

    /// <summary>The whole content of a file that is open at its beginning; it is closed.</summary>
    internal static byte[] ReadAndClose(int descriptor)
    {
        try
        {
            byte[] buffer = new byte[UsualSize];
            int length = 0;
            while (true)
            {
                int read = Descriptors.Read(descriptor, buffer.AsSpan(length));
                length += read;
                // A read that does not fill the buffer has met the end of a regular file.
                if (length < buffer.Length) return buffer[..length];
                Array.Resize(ref buffer, buffer.Length * 4);
            }
        }
        finally
        {
            Descriptors.Close(descriptor);
        }
    }
}
