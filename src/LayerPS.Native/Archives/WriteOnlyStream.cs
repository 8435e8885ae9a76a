namespace LayerPS.Archives;

/// <summary>A stream that is only written, and only forward; it counts the bytes.</summary>
internal abstract class WriteOnlyStream : Stream
{
    /// <summary>How many bytes were written.</summary>
    internal long Count { get; private protected set; }

    public sealed override bool CanRead => false;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => true;

    public sealed override long Length => Count;

    public sealed override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public abstract override void Write(ReadOnlySpan<byte> buffer);

    public sealed override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public sealed override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();
}
