namespace LayerPS.Archives;

/// <summary>Lets a reader look at the next bytes of a stream before it takes them.</summary>
internal sealed class PeekableStream(Stream source, bool leaveOpen) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private long _taken;

    /// <summary>How many bytes have been taken so far.</summary>
    public override long Position
    {
        get => Volatile.Read(ref _taken);
        set => throw new NotSupportedException();
    }

    /// <summary>The next bytes, fewer than <paramref name="count"/> only where the stream ends.</summary>
    internal ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            while (_end < count)
            {
                int read = source.Read(_buffer, _end, _buffer.Length - _end);
                if (read == 0) break;
                _end += read;
            }
        }
        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    public override int Read(Span<byte> buffer)
    {
        int read = Math.Min(buffer.Length, _end - _start);
        if (read > 0)
        {
            _buffer.AsSpan(_start, read).CopyTo(buffer);
            _start += read;
        }
        else
        {
            read = source.Read(buffer);
        }
        Volatile.Write(ref _taken, _taken + read);
        return read;
    }

    public override int ReadByte()
    {
        if (_start == _end && Peek(1).IsEmpty) return -1;
        Volatile.Write(ref _taken, _taken + 1);
        return _buffer[_start++];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen) source.Dispose();
        base.Dispose(disposing);
    }
}
