using System.Buffers.Binary;
using LayerPS.Linux;
using ZstdSharp;

namespace LayerPS.Archives;

/// <summary>Reads a <see cref="TarSplitFormat"/> file, which must be seekable.</summary>
internal sealed class TarSplitReader : IDisposable
{
    private readonly Stream _source;
    private readonly Dictionary<long, (long Offset, long Length)> _kept = [];
    private readonly DecompressionStream _records;

    internal TarSplitReader(Stream source)
    {
        _source = source;
        Span<byte> start = stackalloc byte[TarSplitFormat.Magic.Length + 1];
        source.Position = 0;
        if (source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length
            || !start[..^1].SequenceEqual(TarSplitFormat.Magic))
            throw Corrupt("it is no tar-split file");
        if (start[^1] != TarSplitFormat.Version)
            throw new EngineException(
                EngineErrors.StoreVersionUnsupported, $"A layer's tar-split has the unknown version {start[^1]}.");
        ReadIndex();
        source.Position = start.Length;
        BufferedStream buffered = new(source, 128 * 1024);
        _records = new DecompressionStream(buffered, checkEndOfStream: true, leaveOpen: true);
    }

    /// <summary>Where a kept payload lies in the file; null for one that is in the layer's directory.</summary>
    internal (long Offset, long Length)? KeptPayload(long number) =>
        _kept.TryGetValue(number, out (long, long) range) ? range : null;

    /// <summary>Copies a part of the file without disturbing the reading of its records.</summary>
    internal void CopyKept(long offset, long length, Stream destination)
    {
        long position = _source.Position;
        _source.Position = offset;
        Copy(_source, length, destination);
        _source.Position = position;
    }

    internal byte ReadTag()
    {
        int tag = Checked(() => _records.ReadByte());
        return tag < 0 ? throw Corrupt("it ends too early") : (byte)tag;
    }

    internal long ReadNumber()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = ReadTag();
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return (long)value >= 0 ? (long)value : throw Corrupt("it has a number out of range");
        }
        throw Corrupt("it has a number out of range");
    }

    internal byte[] ReadPath()
    {
        long length = ReadNumber();
        if (length is 0 or > CString.Capacity) throw Corrupt("it has an impossible path");
        byte[] path = new byte[length];
        Checked(() => _records.ReadAtLeast(path, path.Length));
        return path;
    }

    /// <summary>Copies raw bytes of the tar.</summary>
    internal void CopyRaw(long length, Stream destination) => Checked(() =>
    {
        Copy(_records, length, destination);
        return 0;
    });

    public void Dispose() => _records.Dispose();

    internal static EngineException Corrupt(string what, Exception? inner = null) =>
        new(EngineErrors.StoreCorrupt, $"A layer's tar-split file is damaged: {what}.", inner: inner);

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw Corrupt("its records cannot be read", e);
        }
    }

    private static void Copy(Stream source, long length, Stream destination)
    {
        byte[] buffer = new byte[(int)Math.Min(length, 64 * 1024)];
        while (length > 0)
        {
            int read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, length));
            if (read == 0) throw new EndOfStreamException();
            destination.Write(buffer, 0, read);
            length -= read;
        }
    }

    private void ReadIndex()
    {
        Span<byte> entry = stackalloc byte[TarSplitFormat.IndexEntrySize];
        long end = _source.Length - TarSplitFormat.FooterSize;
        if (end < 0) throw Corrupt("it ends too early");
        _source.Position = end;
        _source.ReadExactly(entry[..TarSplitFormat.FooterSize]);
        long count = BinaryPrimitives.ReadInt64LittleEndian(entry);
        long index = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
        if (count < 0 || index < 0 || index > end || (end - index) / TarSplitFormat.IndexEntrySize != count)
            throw Corrupt("its end is missing");
        _source.Position = index;
        for (; count > 0; count--)
        {
            _source.ReadExactly(entry);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
            long length = BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);
            _kept[BinaryPrimitives.ReadInt64LittleEndian(entry)] = (offset, length);
        }
    }
}
