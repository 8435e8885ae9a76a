using System.Security.Cryptography;

namespace LayerPS.Archives;

/// <summary>Passes bytes on, and hashes them on a thread of its own meanwhile. What is below stays open.</summary>
internal sealed class HashedOutput : Stream
{
    private const int BlockCount = 8;

    private readonly Stream _destination;
    private readonly Action<int>? _progress;
    private readonly TarBlockQueue _free = new();
    private readonly TarBlockQueue _full = new();
    private readonly Thread _hasher;
    private byte[]? _digest;

    internal HashedOutput(Stream destination, Action<int>? progress = null)
    {
        (_destination, _progress) = (destination, progress);
        for (int i = 0; i < BlockCount; i++) _free.Add(new TarBlock());
        _hasher = new Thread(HashAll) { IsBackground = true, Name = "layerps output hash" };
        _hasher.Start();
    }

    /// <summary>How many bytes were written.</summary>
    internal long Count { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (ReadOnlySpan<byte> rest = buffer; !rest.IsEmpty;)
        {
            TarBlock block = _free.Take()!;
            rest = rest[block.Fill(rest)..];
            _full.Add(block);
        }
        _destination.Write(buffer);
        Count += buffer.Length;
        _progress?.Invoke(buffer.Length);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>The SHA-256 of all that was written, in hex.</summary>
    internal string Finish()
    {
        _full.Complete();
        _hasher.Join();
        return Convert.ToHexStringLower(_digest!);
    }

    public override void Flush() => _destination.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _full.Complete();
            _hasher.Join();
        }
        base.Dispose(disposing);
    }

    private void HashAll()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (_full.Take() is { } block)
        {
            hash.AppendData(block.Bytes);
            _free.Add(block);
        }
        _digest = hash.GetHashAndReset();
    }
}
