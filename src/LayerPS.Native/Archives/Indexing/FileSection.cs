using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>A part of a file as a stream. The file is not the stream's; several sections of it may be read at once.</summary>
internal sealed class FileSection(SafeFileHandle file, long offset, long length) : ReadOnlyStream
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, length - _position);
        if (count == 0) return 0;
        int read = RandomAccess.Read(file, buffer[..count], offset + _position);
        if (read == 0) throw ArchiveErrors.Truncated("inside a file that was whole a moment ago");
        _position += read;
        return read;
    }
}
