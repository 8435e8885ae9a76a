using System.Buffers.Text;

namespace LayerPS.Archives;

/// <summary>
/// Where the data of a sparse file belongs, see the section "Sparse Formats" of the GNU tar manual. The payload holds
/// the ranges one after another; all else is holes.
/// </summary>
internal sealed record SparseMap(long RealSize, IReadOnlyList<SparseRange> Ranges)
{
    // A map of this many ranges is 24 MB in GNU's old form; a hostile one could go on for ever.
    internal const int MaximumRanges = 1_000_000;

    internal long DataSize => Ranges.Sum(static r => r.Length);

    /// <exception cref="EngineException">
    /// ArchiveInvalid: the ranges overlap, leave the file or are not the payload.
    /// </exception>
    internal void Check(ReadOnlySpan<byte> entry, long payload)
    {
        long end = 0, total = 0;
        foreach (SparseRange range in Ranges)
        {
            bool inside = range.Length >= 0 && range.Offset >= end && range.Offset <= RealSize
                && range.Length <= RealSize - range.Offset;
            if (!inside) throw ArchiveErrors.Invalid(entry, "has a sparse map that overlaps itself or leaves the file");
            end = range.Offset + range.Length;
            total += range.Length;
        }
        if (total != payload)
            throw ArchiveErrors.Invalid(entry, $"has a sparse map of {total} bytes for a payload of {payload}");
    }

    /// <summary>Adds the ranges of an old GNU header, pairs of 12-byte numbers.</summary>
    internal static void AddGnuRanges(ReadOnlySpan<byte> fields, List<SparseRange> ranges, ReadOnlySpan<byte> entry)
    {
        for (; fields.Length >= 24; fields = fields[24..])
        {
            // An empty field ends the map.
            if (fields[0] == 0) return;
            if (!TarNumber.TryParse(fields[..12], out long offset)
                || !TarNumber.TryParse(fields.Slice(12, 12), out long length))
                throw ArchiveErrors.Invalid(entry, "has a sparse map that cannot be read");
            Add(ranges, offset, length, entry);
        }
    }

    /// <summary>Reads PAX sparse format 0.1: offset, length, offset, length …, in decimal with commas.</summary>
    internal static List<SparseRange> ParseList(ReadOnlySpan<byte> text, ReadOnlySpan<byte> entry)
    {
        List<SparseRange> ranges = [];
        while (!text.IsEmpty)
        {
            long offset = TakeNumber(ref text, (byte)',', entry);
            Add(ranges, offset, TakeNumber(ref text, (byte)',', entry), entry);
        }
        return ranges;
    }

    /// <summary>Reads a decimal number that ends with a separator or with the text.</summary>
    internal static long TakeNumber(ref ReadOnlySpan<byte> text, byte separator, ReadOnlySpan<byte> entry)
    {
        if (!Utf8Parser.TryParse(text, out long value, out int used) || value < 0
            || (used < text.Length && text[used] != separator))
            throw ArchiveErrors.Invalid(entry, "has a sparse map that cannot be read");
        text = text[Math.Min(used + 1, text.Length)..];
        return value;
    }

    internal static void Add(List<SparseRange> ranges, long offset, long length, ReadOnlySpan<byte> entry)
    {
        if (ranges.Count == MaximumRanges)
            throw ArchiveErrors.Refused(entry, $"has a sparse map of more than {MaximumRanges} ranges");
        ranges.Add(new SparseRange(offset, length));
    }
}
