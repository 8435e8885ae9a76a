using System.Text;
using LayerPS.Archives;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>
/// Writes the files of saved images into a tar. A file's header is written when its content is there, into the place kept
/// free for it, so that no layer is written twice. The same images give the same bytes.
/// </summary>
internal sealed class ArchiveTarget(string path) : SaveTarget
{
    private const uint DirectoryMode = 493, FileMode = 420; // rwxr-xr-x, rw-r--r--

    private readonly SafeFileHandle _file = File.OpenHandle(path, System.IO.FileMode.CreateNew, FileAccess.Write);
    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private long _position;

    internal override void WriteStream(Func<Stream, string> write)
    {
        long header = _position;
        using FileAppender content = new(_file, header + TarHeader.Size);
        string name = write(content);
        WriteHeader(header, name, content.Length, FileMode, (byte)'0');
        _position = header + TarHeader.Size + content.Length;
        int padding = TarHeader.PaddingOf(content.Length);
        RandomAccess.Write(_file, new byte[padding], _position);
        _position += padding;
    }

    /// <summary>Writes a directory, once; its name ends with a slash.</summary>
    internal void WriteDirectory(string name)
    {
        if (!_directories.Add(name)) return;
        WriteHeader(_position, name, 0, DirectoryMode, (byte)'5');
        _position += TarHeader.Size;
    }

    internal override void Complete()
    {
        // Two empty records mark the end, and archives are made of 20 records.
        const int blocking = 20 * TarHeader.Size;
        long end = (_position + (2 * TarHeader.Size) + blocking - 1) / blocking * blocking;
        RandomAccess.Write(_file, new byte[end - _position], _position);
        _position = end;
    }

    public override void Dispose() => _file.Dispose();

    private void WriteHeader(long position, string name, long size, uint mode, byte type)
    {
        TarHeaderBuilder header = new();
        if (!header.TrySetName(Encoding.ASCII.GetBytes(name)))
            throw new InvalidOperationException($"The name '{name}' is too long for a header.");
        header.SetMode(mode);
        header.TrySetUid(0);
        header.TrySetGid(0);
        header.TrySetModified(default);
        header.SetSize(size);
        header.SetDevice(default);
        RandomAccess.Write(_file, header.Finish(type), position);
    }

    private sealed class FileAppender(SafeFileHandle file, long start) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            RandomAccess.Write(file, buffer, start + Count);
            Count += buffer.Length;
        }

        public override void Flush()
        {
        }
    }
}
