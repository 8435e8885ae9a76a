using ICSharpCode.SharpZipLib.BZip2;

namespace LayerPS.Archives;

/// <summary>bzip2: several streams one after another are one, as parallel compressors write them.</summary>
internal sealed class Bzip2Decoder(PeekableStream source) : ReadOnlyStream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private BZip2InputStream? _decoder;

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            _decoder ??= new BZip2InputStream(source) { IsStreamOwner = false };
            int read = _decoder.Read(_buffer, 0, Math.Min(buffer.Length, _buffer.Length));
            if (read > 0)
            {
                _buffer.AsSpan(0, read).CopyTo(buffer);
                return read;
            }
            if (!source.Peek(3).SequenceEqual("BZh"u8)) return 0;
            _decoder.Dispose();
            _decoder = null;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _decoder?.Dispose();
        base.Dispose(disposing);
    }
}
