using System.IO.Compression;

namespace LayerPS.Archives;

/// <summary>
/// gzip, RFC 1952: several members one after another are one stream, and what follows them is ignored. The platform's
/// decoder takes a stream that is cut off for a complete one, so a member with random content is put behind the
/// source: it comes out at the end only if all before it was whole.
/// </summary>
internal sealed class GzipDecoder : ReadOnlyStream
{
    // More than the decoder can still hold back when its source has ended.
    private const int MaximumTail = 16 * 1024 * 1024;

    private readonly byte[] _mark = Guid.NewGuid().ToByteArray();
    private readonly MarkedStream _source;
    private readonly GZipStream _decoder;
    private ReadOnlyMemory<byte>? _tail;

    internal GzipDecoder(Stream source)
    {
        using MemoryStream member = new();
        using (GZipStream encoder = new(member, CompressionLevel.Fastest, leaveOpen: true)) encoder.Write(_mark);
        _source = new MarkedStream(source, member.ToArray());
        _decoder = new GZipStream(_source, CompressionMode.Decompress, leaveOpen: true);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_tail is null)
        {
            int read = _decoder.Read(buffer);
            // Where the decoder ends without having asked for the mark, it has seen something behind the last member.
            if (!_source.MarkGiven) return read;
            _tail = ReadTail(buffer[..read]);
        }
        ReadOnlySpan<byte> tail = _tail.Value.Span;
        int count = Math.Min(tail.Length, buffer.Length);
        tail[..count].CopyTo(buffer);
        _tail = _tail.Value[count..];
        return count;
    }

    private ReadOnlyMemory<byte> ReadTail(ReadOnlySpan<byte> start)
    {
        using MemoryStream rest = new();
        rest.Write(start);
        byte[] chunk = new byte[32 * 1024];
        for (int read; (read = _decoder.Read(chunk)) > 0;)
        {
            rest.Write(chunk, 0, read);
            if (rest.Length > MaximumTail) throw new EndOfStreamException();
        }
        ReadOnlyMemory<byte> all = rest.GetBuffer().AsMemory(0, (int)rest.Length);
        return all.Span.EndsWith(_mark) ? all[..^_mark.Length] : throw new EndOfStreamException();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _decoder.Dispose();
        base.Dispose(disposing);
    }

    private sealed class MarkedStream(Stream source, byte[] mark) : ReadOnlyStream
    {
        private int _given;

        internal bool MarkGiven { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int read = MarkGiven ? 0 : source.Read(buffer);
            if (read > 0) return read;
            MarkGiven = true;
            int count = Math.Min(buffer.Length, mark.Length - _given);
            mark.AsSpan(_given, count).CopyTo(buffer);
            _given += count;
            return count;
        }
    }
}
