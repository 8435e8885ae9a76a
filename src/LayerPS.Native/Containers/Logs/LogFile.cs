using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>
/// A log that is read while it may grow and be cut into parts (<see cref="FileRotation"/>): whole lines, from where the
/// last reading ended. A part that was open when it was deleted is still read to its end.
/// </summary>
internal sealed class LogFile(string path) : IDisposable
{
    private const int ReadSize = 64 * 1024;
    private readonly Queue<SafeFileHandle> _later = [];
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

    public void Dispose()
    {
        _file?.Dispose();
        while (_later.TryDequeue(out SafeFileHandle? part)) part.Dispose();
    }

    private bool Fill()
    {
        if (_file is null && !OpenNext(after: null)) return false;
        MakeRoom();
        if (Read()) return true;
        if (_later.Count == 0)
        {
            ulong? now = InodeOf(path);
            ulong mine = FileStatus.Of(_file!).Inode;
            if (now == mine) return false;

            // It may have got more before it was put aside.
            if (Read()) return true;
            if (!OpenNext(after: mine)) return false;
        }
        else
        {
            _ = OpenNext(after: null);
        }

        EndLine();
        return Read();
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        // One byte more is for the end of a line that has none.
        if (_end + 1 >= _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private bool Read()
    {
        int count = FileContent.Read(_file!, _buffer.AsSpan(_end, _buffer.Length - _end - 1));
        _end += count;
        return count > 0;
    }

    // A disk that was full may have cut a line off at the end of a part.
    private void EndLine()
    {
        if (_end > _start) _buffer[_end++] = (byte)'\n';
        MakeRoom();
    }

    private bool OpenNext(ulong? after)
    {
        if (_later.Count == 0)
        {
            List<SafeFileHandle> parts = OpenAll();
            int known = parts.FindIndex(part => FileStatus.Of(part).Inode == after);
            for (int i = 0; i < parts.Count; i++)
            {
                if (i <= known) parts[i].Dispose();
                else _later.Enqueue(parts[i]);
            }
        }

        if (!_later.TryDequeue(out SafeFileHandle? next)) return false;
        _file?.Dispose();
        _file = next;
        return true;
    }

    /// <summary>All parts as they were at one moment: whoever shifts them ends with a new file of that name.</summary>
    private List<SafeFileHandle> OpenAll()
    {
        while (true)
        {
            ulong? before = InodeOf(path);
            List<SafeFileHandle?> parts = [.. FileRotation.PartsOf(path).Select(TryOpen)];
            if (!parts.Contains(null) && InodeOf(path) == before) return [.. parts.Select(static part => part!)];
            foreach (SafeFileHandle? part in parts) part?.Dispose();
        }
    }

    private static ulong? InodeOf(string path)
    {
        using SafeFileHandle? file = TryOpen(path);
        return file is null ? null : FileStatus.Of(file).Inode;
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return FileTree.Own(Descriptors.Open(path, LibC.O_RDONLY | LibC.O_NOFOLLOW));
        }
        catch (LinuxException failure) when (failure.Errno is var errno && (errno == LibC.ENOENT || errno == LibC.ENOTDIR))
        {
            return null;
        }
    }
}
