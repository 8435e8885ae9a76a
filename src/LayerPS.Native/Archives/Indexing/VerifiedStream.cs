using System.Security.Cryptography;

namespace LayerPS.Archives;

/// <summary>A stream whose length and SHA-256 are known beforehand, and compared while it is read.</summary>
/// <param name="source">The bytes; closed with this.</param>
/// <param name="hex">The digest that they must have.</param>
/// <param name="size">How many there must be; null where nobody said.</param>
/// <param name="name">What it is, for messages.</param>
internal sealed class VerifiedStream(Stream source, string hex, long? size, string name) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _count;
    private bool _verified;

    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        _hash.AppendData(buffer[..read]);
        _count += read;
        if (_count > size) throw WrongSize();
        if (read == 0 && buffer.Length > 0) Verify();
        return read;
    }

    /// <summary>Reads what a decoder left, and compares.</summary>
    /// <exception cref="EngineException">ArchiveInvalid: the length or the digest is another.</exception>
    internal void Complete()
    {
        byte[] rest = new byte[64 * 1024];
        while (Read(rest) > 0)
        {
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
            _hash.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Verify()
    {
        if (_verified) return;
        _verified = true;
        if (size is not null && _count != size) throw WrongSize();
        string found = Convert.ToHexStringLower(_hash.GetHashAndReset());
        if (found != hex) throw ArchiveErrors.Invalid($"'{name}' has the digest sha256:{found}, not sha256:{hex}");
    }

    private EngineException WrongSize() =>
        ArchiveErrors.Invalid($"'{name}' does not have the {size} bytes that the archive declares for it");
}
