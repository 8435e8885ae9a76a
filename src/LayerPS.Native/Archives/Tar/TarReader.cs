using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>
/// Reads a tar stream entry by entry: v7, ustar, GNU and PAX, in any mixture. Every byte that is not a payload taken
/// by <see cref="TakePayload"/> for a file goes to the tar-split.
/// </summary>
internal sealed class TarReader(TarReadAhead input, TarSplitWriter split, UnpackOptions options)
{
    // Long names and extended headers, with attributes of up to 64 KiB each.
    private const int MaximumMetaSize = 16 * 1024 * 1024;

    // These are read again for every entry.
    private const int MaximumGlobalSize = 256 * 1024;

    private readonly byte[] _header = new byte[TarHeader.Size];
    private byte[] _globalRecords = [];
    private byte[] _entryName = [];
    private long _remaining;
    private int _padding;
    private bool _payloadInFile;

    internal long Entries { get; private set; }

    /// <summary>The next entry, or null when the archive has ended; then the stream has been read to its end.</summary>
    internal TarEntry? Next()
    {
        SkipPayload();
        PaxAttributes? pax = null;
        byte[]? longName = null, longLink = null;
        while (ReadHeader())
        {
            if (TarHeader.IsZero(_header))
            {
                if (pax is not null || longName is not null) throw ArchiveErrors.Truncated("after an extended header");
                ReadTrailer();
                return null;
            }
            TarHeader header = new(_header);
            if (!header.ChecksumMatches) throw BadHeader();
            switch (header.Type)
            {
                case (byte)'x' or (byte)'X':
                    byte[] records = ReadMeta(header.PayloadSize);
                    pax = new PaxAttributes();
                    pax.Apply(_globalRecords);
                    pax.Apply(records);
                    break;
                case (byte)'g':
                    _globalRecords = Join(_globalRecords, ReadMeta(header.PayloadSize));
                    break;
                case (byte)'L':
                    longName = UntilNul(ReadMeta(header.PayloadSize));
                    break;
                case (byte)'K':
                    longLink = UntilNul(ReadMeta(header.PayloadSize));
                    break;
                case (byte)'V': // the archive's label
                    ReadMeta(header.PayloadSize);
                    break;
                default:
                    return Begin(header, pax ?? GlobalAttributes(), longName, longLink);
            }
        }
        if (pax is not null || longName is not null) throw ArchiveErrors.Truncated("after an extended header");
        if (Entries == 0) throw ArchiveErrors.Invalid("it holds nothing, not even the mark of its end");
        return null;
    }

    /// <summary>
    /// Says that the entry's payload is going to be the content of the file at <paramref name="path"/>.
    /// </summary>
    internal void PutPayloadInFile(byte[] path, TarEntry entry)
    {
        if (_remaining == 0) return;
        split.WritePayload(path, entry.PayloadSize, entry.Sparse);
        _payloadInFile = true;
    }

    /// <summary>The next bytes of the entry's payload, at most so many; empty when it is complete.</summary>
    /// <remarks>The bytes stay valid until the next call.</remarks>
    internal ReadOnlySpan<byte> TakePayload(long maximum = long.MaxValue)
    {
        if (_remaining == 0) return default;
        ReadOnlySpan<byte> bytes = input.Take(Math.Min(_remaining, maximum));
        if (bytes.IsEmpty) throw ArchiveErrors.Truncated($"inside the entry '{ByteText.Display(_entryName)}'");
        _remaining -= bytes.Length;
        if (!_payloadInFile) split.WriteRaw(bytes);
        return bytes;
    }

    private TarEntry Begin(TarHeader header, PaxAttributes? pax, byte[]? longName, byte[]? longLink)
    {
        if (++Entries > options.MaximumEntries)
            throw new EngineException(
                EngineErrors.ArchiveRefused,
                $"The archive was refused: it has more than {options.MaximumEntries} entries.");
        byte[] rawName = pax?.Path ?? longName ?? header.Name;
        _entryName = pax?.SparseName ?? rawName;
        byte type = header.Type;
        TarEntryType? known = TarEntryTypes.Of(type, rawName);
        TarEntryType kind = known ?? throw ArchiveErrors.Invalid(
            _entryName, $"is of the unknown type '{ByteText.Display([type])}'");

        long size = pax?.Size ?? header.PayloadSize;
        if (size < 0) throw ArchiveErrors.Invalid(_entryName, $"has the negative size {size}");
        bool hasPayload = kind == TarEntryType.File || type == 'D'
            || (kind == TarEntryType.HardLink && LinkHasPayload(size));
        _remaining = hasPayload ? size : 0;
        if (_remaining > options.MaximumTarSize)
            throw ArchiveErrors.Refused(_entryName, $"declares {size} bytes, more than the whole archive may have");
        _padding = TarHeader.PaddingOf(_remaining);
        _payloadInFile = false;

        SparseMap? sparse = kind == TarEntryType.File ? ReadSparseMap(header, pax) : null;
        sparse?.Check(_entryName, _remaining);
        return new TarEntry
        {
            Type = kind,
            Name = _entryName,
            LinkName = pax?.LinkPath ?? longLink ?? header.LinkName,
            Mode = (uint)(header.Mode & 0xfff),
            Uid = Owner(pax?.Uid ?? header.Uid, "owner"),
            Gid = Owner(pax?.Gid ?? header.Gid, "group"),
            Modified = pax?.Modified ?? new FileTime(header.Modified, 0),
            Device = new DeviceNumber(Device(header.DeviceMajor), Device(header.DeviceMinor)),
            PayloadSize = _remaining,
            Sparse = sparse,
            Attributes = pax?.Attributes ?? (IReadOnlyList<ExtendedAttribute>)[],
        };
    }

    // A hard link has no payload in ustar and GNU archives whatever its size says, and may have one in PAX archives.
    // What follows decides: a header (or the end) means none.
    private bool LinkHasPayload(long size)
    {
        if (size == 0) return false;
        ReadOnlySpan<byte> next = input.Peek();
        if (next.Length < TarHeader.Size) return false;
        next = next[..TarHeader.Size];
        return !TarHeader.IsZero(next) && !new TarHeader(next).ChecksumMatches;
    }

    private SparseMap? ReadSparseMap(TarHeader header, PaxAttributes? pax)
    {
        if (header.Type == 'S')
        {
            List<SparseRange> ranges = [];
            long realSize = header.GnuSparseRealSize;
            SparseMap.AddGnuRanges(header.GnuSparseRanges, ranges, _entryName);
            for (bool more = header.GnuSparseContinues; more;)
            {
                ReadOnlySpan<byte> record = TakeRecord();
                if (record.IsEmpty) throw ArchiveErrors.Truncated("inside a sparse map");
                SparseMap.AddGnuRanges(record[..504], ranges, _entryName);
                more = record[504] != 0;
            }
            return new SparseMap(realSize, ranges);
        }
        if (pax?.SparseRealSize is not { } size) return null;
        if (pax.SparseMajor == 1) return new SparseMap(size, ReadMapFromPayload());
        return new SparseMap(size, pax.SparseRanges ?? []);
    }

    // PAX sparse format 1.0: the payload begins with decimal lines, count, offset, length …, filled up to a record.
    private List<SparseRange> ReadMapFromPayload()
    {
        List<SparseRange> ranges = [];
        long count = ReadMapLine();
        if (count > SparseMap.MaximumRanges)
            throw ArchiveErrors.Refused(_entryName, $"has a sparse map of more than {SparseMap.MaximumRanges} ranges");
        for (long i = 0; i < count; i++)
        {
            long offset = ReadMapLine();
            SparseMap.Add(ranges, offset, ReadMapLine(), _entryName);
        }
        for (long fill = TarHeader.PaddingOf(input.Position); fill > 0;) fill -= TakePayload(fill).Length;
        return ranges;
    }

    private long ReadMapLine()
    {
        long value = 0;
        for (int digits = 0; digits <= 19; digits++)
        {
            ReadOnlySpan<byte> one = TakePayload(1);
            if (one.IsEmpty) break;
            if (one[0] == '\n' && digits > 0) return value;
            if (one[0] is < (byte)'0' or > (byte)'9' || value > (long.MaxValue - 9) / 10) break;
            value = (value * 10) + one[0] - '0';
        }
        throw ArchiveErrors.Invalid(_entryName, "has a sparse map that cannot be read");
    }

    private void SkipPayload()
    {
        while (_remaining > 0) TakePayload();
        while (_padding > 0)
        {
            ReadOnlySpan<byte> bytes = input.Take(_padding);
            if (bytes.IsEmpty) throw ArchiveErrors.Truncated($"inside the entry '{ByteText.Display(_entryName)}'");
            split.WriteRaw(bytes);
            _padding -= bytes.Length;
        }
    }

    /// <returns>False at the stream's end.</returns>
    private bool ReadHeader()
    {
        ReadOnlySpan<byte> bytes = TakeRecord();
        bytes.CopyTo(_header);
        return !bytes.IsEmpty;
    }

    private ReadOnlySpan<byte> TakeRecord()
    {
        ReadOnlySpan<byte> bytes = input.Take(TarHeader.Size);
        split.WriteRaw(bytes);
        return bytes.Length is 0 or TarHeader.Size ? bytes : throw ArchiveErrors.Truncated("inside a header");
    }

    private byte[] ReadMeta(long size)
    {
        if (size is < 0 or > MaximumMetaSize)
            throw ArchiveErrors.Invalid($"an extended header declares {size} bytes");
        byte[] payload = new byte[size];
        int padding = TarHeader.PaddingOf(size);
        for (long done = 0; done < size + padding;)
        {
            ReadOnlySpan<byte> bytes = input.Take(size + padding - done);
            if (bytes.IsEmpty) throw ArchiveErrors.Truncated("inside an extended header");
            split.WriteRaw(bytes);
            if (done < size) bytes[..(int)Math.Min(bytes.Length, size - done)].CopyTo(payload.AsSpan((int)done));
            done += bytes.Length;
        }
        return payload;
    }

    private void ReadTrailer()
    {
        for (ReadOnlySpan<byte> rest = input.Take(long.MaxValue); !rest.IsEmpty; rest = input.Take(long.MaxValue))
        {
            if (!options.TrailingData && !TarHeader.IsZero(rest))
                throw ArchiveErrors.Invalid("there is data behind its end, perhaps a second archive");
            split.WriteRaw(rest);
        }
    }

    private PaxAttributes? GlobalAttributes()
    {
        if (_globalRecords.Length == 0) return null;
        PaxAttributes pax = new();
        pax.Apply(_globalRecords);
        return pax;
    }

    private EngineException BadHeader() => Entries == 0
        ? ArchiveErrors.Invalid("it does not begin with a tar header")
        : ArchiveErrors.Invalid($"the header behind the entry '{ByteText.Display(_entryName)}' has a wrong checksum");

    private uint Owner(long id, string what) => id is >= 0 and < uint.MaxValue
        ? (uint)id
        : throw ArchiveErrors.Invalid(_entryName, $"has the impossible {what} {id}");

    private uint Device(long number) => number is >= 0 and <= uint.MaxValue
        ? (uint)number
        : throw ArchiveErrors.Invalid(_entryName, $"has the impossible device number {number}");

    private static byte[] Join(byte[] first, byte[] second) => first.Length + second.Length <= MaximumGlobalSize
        ? [.. first, .. second]
        : throw ArchiveErrors.Invalid("its global extended headers are too large");

    private static byte[] UntilNul(byte[] text)
    {
        int end = Array.IndexOf(text, (byte)0);
        return end < 0 ? text : text[..end];
    }
}
