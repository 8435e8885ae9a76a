using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>A log that is read while it may grow: whole lines, from where the last reading ended.</summary>
internal sealed class LogFile(string path) : IDisposable
{
    private const int ReadSize = 64 * 1024;
    private SafeFileHandle? _file;
    private byte[] _buffer = new byte[ReadSize];
    private int _start;
    private int _end;

    /// <summary>The next whole line without its end; false when there is none yet.</summary>
    internal bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlySpan<byte> unread = _buffer.AsSpan(_start, _end - _start);
            int length = unread[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = unread[..(searched + length)];
                _start += searched + length + 1;
                return true;
            }

            searched = unread.Length;
            if (Fill()) continue;
            line = default;
            return false;
        }
    }

    public void Dispose() => _file?.Dispose();

    private bool Fill()
    {
        if (_file is null)
        {
            if (!File.Exists(path)) return false;
            _file = FileTree.Own(Descriptors.Open(path, LibC.O_RDONLY | LibC.O_NOFOLLOW));
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
        int count = FileContent.Read(_file, _buffer.AsSpan(_end));
        _end += count;
        return count > 0;
    }
}
