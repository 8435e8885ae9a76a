using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>Goes from header to header of a plain tar archive and leaves out the payloads.</summary>
internal sealed class TarIndexReader(SafeFileHandle archive)
{
    private const int MaximumMetaSize = 1024 * 1024;

    private readonly long _length = RandomAccess.GetLength(archive);
    private readonly byte[] _record = new byte[TarHeader.Size];
    private long _position;

    /// <summary>The next entry, or null at the archive's end.</summary>
    /// <exception cref="EngineException">
    /// ArchiveInvalid; ArchiveRefused: it has an entry that no archive of images has, such as a sparse file.
    /// </exception>
    internal TarIndexEntry? Next()
    {
        PaxAttributes pax = new();
        byte[]? longName = null, longLink = null;
        while (true)
        {
            ReadHeader();
            if (TarHeader.IsZero(_record)) return null;
            TarHeader header = new(_record);
            if (!header.ChecksumMatches)
                throw ArchiveErrors.Invalid($"the header at byte {_position - TarHeader.Size} has a wrong checksum");
            switch (header.Type)
            {
                case (byte)'x' or (byte)'X':
                    pax.Apply(ReadMeta(header.PayloadSize));
                    break;
                case (byte)'L':
                    longName = ReadMeta(header.PayloadSize).TakeWhile(static b => b != 0).ToArray();
                    break;
                case (byte)'K':
                    longLink = ReadMeta(header.PayloadSize).TakeWhile(static b => b != 0).ToArray();
                    break;
                case (byte)'g' or (byte)'V':
                    ReadMeta(header.PayloadSize);
                    break;
                default:
                    return Entry(
                        header, pax.Path ?? longName ?? header.Name, pax.LinkPath ?? longLink ?? header.LinkName, pax);
            }
        }
    }

    private TarIndexEntry Entry(TarHeader header, byte[] name, byte[] link, PaxAttributes pax)
    {
        TarEntryType type = TarEntryTypes.Of(header.Type, name)
            ?? throw ArchiveErrors.Invalid(name, $"is of the unknown type '{ByteText.Display([header.Type])}'");
        if (header.Type == 'S' || pax.SparseRealSize is not null)
            throw ArchiveErrors.Refused(name, "is a sparse file");
        long size = type == TarEntryType.File ? pax.Size ?? header.PayloadSize : 0;
        if (size < 0) throw ArchiveErrors.Invalid(name, $"has the negative size {size}");
        long offset = _position;
        Skip(size, name);
        return new TarIndexEntry(type, name, link, offset, size);
    }

    private byte[] ReadMeta(long size)
    {
        if (size is < 0 or > MaximumMetaSize)
            throw ArchiveErrors.Invalid($"an extended header declares {size} bytes");
        byte[] payload = new byte[size];
        long start = _position;
        Skip(size, "an extended header"u8);
        for (int done = 0; done < payload.Length;)
        {
            int read = RandomAccess.Read(archive, payload.AsSpan(done), start + done);
            if (read == 0) throw ArchiveErrors.Truncated("inside an extended header");
            done += read;
        }
        return payload;
    }

    private void Skip(long size, ReadOnlySpan<byte> name)
    {
        if (size > _length - _position || size + TarHeader.PaddingOf(size) > _length - _position)
            throw ArchiveErrors.Truncated($"inside the entry '{ByteText.Display(name)}'");
        _position += size + TarHeader.PaddingOf(size);
    }

    private void ReadHeader()
    {
        if (_position == _length) throw ArchiveErrors.Truncated("without the mark of its end");
        for (int done = 0; done < TarHeader.Size;)
        {
            int read = RandomAccess.Read(archive, _record.AsSpan(done), _position + done);
            if (read == 0) throw ArchiveErrors.Truncated("inside a header");
            done += read;
        }
        _position += TarHeader.Size;
    }
}
