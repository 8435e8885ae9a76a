using System.Security.Cryptography;

namespace LayerPS.Archives;

/// <summary>Passes bytes on, and hashes them on a thread of its own meanwhile. What is below stays open.</summary>
internal sealed class HashedOutput : WriteOnlyStream
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

    /// <summary>The SHA-256 of all that was written, in hex.</summary>
    internal string Finish()
    {
        _full.Complete();
        _hasher.Join();
        return Convert.ToHexStringLower(_digest!);
    }

    public override void Flush() => _destination.Flush();

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
