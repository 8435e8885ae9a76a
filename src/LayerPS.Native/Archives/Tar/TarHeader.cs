using System.Runtime.InteropServices;
using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>
/// One header record of 512 bytes, as ustar (POSIX.1-1988), GNU tar and the older v7 lay it out, see tar(5).
/// </summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> record)
{
    /// <summary>The size of a record; everything in a tar archive is a multiple of it.</summary>
    internal const int Size = 512;

    private readonly ReadOnlySpan<byte> _record = record;

    /// <summary>The entry's name, with ustar's prefix; as it stands there, not made safe.</summary>
    internal byte[] Name
    {
        get
        {
            ReadOnlySpan<byte> name = Text(0, 100);
            // In GNU's format other things stand where ustar has the prefix; star's own keeps 131 bytes of it.
            if (!IsUstar) return name.ToArray();
            ReadOnlySpan<byte> prefix = Text(345, _record[508..512].SequenceEqual("tar\0"u8) ? 131 : 155);
            return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
        }
    }

    internal byte[] LinkName => Text(157, 100).ToArray();

    /// <summary>The type flag; '\0' and '0' are regular files.</summary>
    internal byte Type => _record[156];

    internal bool IsUstar => _record[257..263].SequenceEqual("ustar\0"u8);

    internal bool IsGnu => _record[257..263].SequenceEqual("ustar "u8);

    internal long Mode => Number(100, 8);

    internal long Uid => Number(108, 8);

    internal long Gid => Number(116, 8);

    internal long PayloadSize => Number(124, 12);

    internal long Modified => Number(136, 12);

    internal long DeviceMajor => IsUstar || IsGnu ? Number(329, 8) : 0;

    internal long DeviceMinor => IsUstar || IsGnu ? Number(337, 8) : 0;

    /// <summary>The first four ranges of an old GNU sparse file, 24 bytes each.</summary>
    internal ReadOnlySpan<byte> GnuSparseRanges => _record[386..482];

    /// <summary>Whether more ranges follow in records of their own.</summary>
    internal bool GnuSparseContinues => _record[482] != 0;

    internal long GnuSparseRealSize => Number(483, 12);

    /// <summary>Whether the record's sum over its own bytes is right; old writers summed signed bytes.</summary>
    internal bool ChecksumMatches
    {
        get
        {
            ReadOnlySpan<byte> checksum = _record.Slice(148, 8);
            if (!TarNumber.TryParse(checksum, out long expected)) return false;
            int sum = SumOf(_record) - SumOf(checksum) + (8 * ' ');
            return expected == sum || expected == sum - (256 * CountOfNegative());
        }
    }

    internal static bool IsZero(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExcept((byte)0);

    /// <summary>Whether a file that begins so can be a tar archive at all.</summary>
    internal static bool LooksLikeTar(ReadOnlySpan<byte> start) => start.Length >= Size
        && (IsZero(start[..Size]) || start.Slice(257, 5).SequenceEqual("ustar"u8)
            || new TarHeader(start[..Size]).ChecksumMatches);

    /// <summary>How many bytes fill the last record of a payload.</summary>
    internal static int PaddingOf(long payload) => (int)(-payload & (Size - 1));

    // Eight bytes at a time, in four lanes of 16 bits: two times 64 bytes fit into each.
    private static int SumOf(ReadOnlySpan<byte> bytes)
    {
        ulong lanes = 0;
        foreach (ulong eight in MemoryMarshal.Cast<byte, ulong>(bytes))
            lanes += (eight & 0x00ff00ff00ff00ff) + ((eight >> 8) & 0x00ff00ff00ff00ff);
        return (int)((lanes & 0xffff) + ((lanes >> 16) & 0xffff) + ((lanes >> 32) & 0xffff) + (lanes >> 48));
    }

    private int CountOfNegative()
    {
        int count = 0;
        for (int i = 0; i < Size; i++)
            if (i is < 148 or >= 156 && _record[i] >= 0x80) count++;
        return count;
    }

    private ReadOnlySpan<byte> Text(int offset, int length)
    {
        ReadOnlySpan<byte> field = _record.Slice(offset, length);
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private long Number(int offset, int length) => TarNumber.TryParse(_record.Slice(offset, length), out long value)
        ? value
        : throw ArchiveErrors.Invalid(
            Text(0, 100), $"has a number that cannot be read: '{ByteText.Display(_record.Slice(offset, length))}'");
}
