using System.Buffers.Text;
using System.Text;
using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>
/// What PAX extended headers say of an entry (POSIX.1-2001, pax, "pax Extended Header"; names and values are taken
/// as bytes, so hdrcharset makes no difference). Properties are null where no header has set them.
/// </summary>
internal sealed class PaxAttributes
{
    private readonly List<SparseRange> _pairs = [];
    private readonly List<ExtendedAttribute> _decoded = [];
    private long _pairOffset = -1;

    internal byte[]? Path { get; private set; }

    internal byte[]? LinkPath { get; private set; }

    internal long? Size { get; private set; }

    internal long? Uid { get; private set; }

    internal long? Gid { get; private set; }

    internal FileTime? Modified { get; private set; }

    internal long? SparseMajor { get; private set; }

    internal long? SparseRealSize { get; private set; }

    internal byte[]? SparseName { get; private set; }

    /// <summary>The map of sparse format 0.0 or 0.1; that of 1.0 is in the payload.</summary>
    internal IReadOnlyList<SparseRange>? SparseRanges { get; private set; }

    internal List<ExtendedAttribute> Attributes { get; } = [];

    /// <summary>Reads records "length key=value\n"; later ones win over earlier ones.</summary>
    internal void Apply(ReadOnlySpan<byte> records)
    {
        while (!records.IsEmpty)
        {
            // Some writers fill the last record with NULs and declare them.
            if (TarHeader.IsZero(records)) break;
            if (!Utf8Parser.TryParse(records, out int length, out int digits) || length > records.Length
                || digits + 2 > length || records[digits] != ' ' || records[length - 1] != '\n')
                throw ArchiveErrors.Invalid("an extended (PAX) header cannot be read");
            ReadOnlySpan<byte> record = records[(digits + 1)..(length - 1)];
            int equals = record.IndexOf((byte)'=');
            if (equals <= 0) throw ArchiveErrors.Invalid("an extended (PAX) header has a record without a key");
            Set(record[..equals], record[(equals + 1)..]);
            records = records[length..];
        }
        if (_pairs.Count > 0) SparseRanges = _pairs;
        // LIBARCHIVE's form of an attribute is a second copy of SCHILY's, where both are there.
        foreach (ExtendedAttribute attribute in _decoded)
            if (!Attributes.Exists(a => a.Name.AsSpan().SequenceEqual(attribute.Name))) Attributes.Add(attribute);
        _decoded.Clear();
    }

    private void Set(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // An empty value takes back what a global header said.
        bool unset = value.IsEmpty;
        switch (Encoding.Latin1.GetString(key))
        {
            case "path": Path = unset ? null : value.ToArray(); break;
            case "linkpath": LinkPath = unset ? null : value.ToArray(); break;
            case "size": Size = unset ? null : Number(key, value); break;
            case "uid": Uid = unset ? null : Number(key, value); break;
            case "gid": Gid = unset ? null : Number(key, value); break;
            case "mtime": Modified = unset ? null : Time(value); break;
            case "GNU.sparse.major": SparseMajor = Number(key, value); break;
            case "GNU.sparse.size" or "GNU.sparse.realsize": SparseRealSize = Number(key, value); break;
            case "GNU.sparse.name": SparseName = value.ToArray(); break;
            case "GNU.sparse.map": SparseRanges = SparseMap.ParseList(value, Path); break;
            case "GNU.sparse.offset": _pairOffset = Number(key, value); break;
            case "GNU.sparse.numbytes": SparseMap.Add(_pairs, _pairOffset, Number(key, value), Path); break;
            default: SetAttribute(key, value); break;
        }
    }

    private void SetAttribute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.StartsWith("SCHILY.xattr."u8))
        {
            byte[] name = PaxText.DecodeKey(key["SCHILY.xattr."u8.Length..]);
            Attributes.RemoveAll(a => a.Name.AsSpan().SequenceEqual(name));
            Attributes.Add(new ExtendedAttribute(name, value.ToArray()));
        }
        else if (key.StartsWith("LIBARCHIVE.xattr."u8))
        {
            byte[] name = PaxText.DecodePercent(key["LIBARCHIVE.xattr."u8.Length..]);
            _decoded.Add(new ExtendedAttribute(name, PaxText.DecodeBase64(value)));
        }
    }

    private static long Number(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long number, out int used) && used == value.Length && number >= 0
            ? number
            : throw ArchiveErrors.Invalid(
                $"an extended (PAX) header has '{ByteText.Display(value)}' for {ByteText.Display(key)}");

    // Decimal seconds with any number of digits behind the point; before 1970 the fraction counts backwards.
    private static FileTime Time(ReadOnlySpan<byte> value)
    {
        int point = value.IndexOf((byte)'.');
        ReadOnlySpan<byte> whole = point < 0 ? value : value[..point];
        ReadOnlySpan<byte> fraction = point < 0 ? default : value[(point + 1)..];
        bool valid = Utf8Parser.TryParse(whole, out long seconds, out int used) && used == whole.Length
            && !fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        if (!valid) throw ArchiveErrors.Invalid($"an extended (PAX) header has the time '{ByteText.Display(value)}'");
        int nanoseconds = 0;
        for (int i = 0; i < 9; i++) nanoseconds = (nanoseconds * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        return whole[0] == '-' && nanoseconds > 0
            ? new FileTime(seconds - 1, 1_000_000_000 - nanoseconds)
            : new FileTime(seconds, nanoseconds);
    }
}
