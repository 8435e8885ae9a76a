using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>
/// Makes a ustar header record. Every TrySet… returns false where the value does not fit and belongs in PAX.
/// </summary>
internal sealed class TarHeaderBuilder
{
    private const int NameLength = 100, PrefixLength = 155;

    private readonly byte[] _record = new byte[TarHeader.Size];

    internal bool TrySetName(ReadOnlySpan<byte> name)
    {
        int cut = 0;
        if (name.Length > NameLength)
        {
            // The slash between prefix and name is not stored; neither part may be empty.
            int from = name.Length - NameLength - 1;
            int to = Math.Min(name.Length - 1, PrefixLength + 1);
            int slash = from > PrefixLength ? -1 : name[from..to].IndexOf((byte)'/');
            if (slash < 0 || from + slash == 0)
            {
                name[..NameLength].CopyTo(_record);
                return false;
            }
            cut = from + slash + 1;
            name[..(cut - 1)].CopyTo(_record.AsSpan(345));
        }
        name[cut..].CopyTo(_record);
        return true;
    }

    internal bool TrySetLinkName(ReadOnlySpan<byte> name)
    {
        name[..Math.Min(name.Length, NameLength)].CopyTo(_record.AsSpan(157));
        return name.Length <= NameLength;
    }

    internal void SetMode(uint mode) => TarNumber.TryFormatOctal(mode, _record.AsSpan(100, 8));

    internal bool TrySetUid(uint uid) => TrySet(uid, 108, 8);

    internal bool TrySetGid(uint gid) => TrySet(gid, 116, 8);

    internal bool TrySetSize(long size) => TrySet(size, 124, 12);

    /// <summary>Any size, in GNU's form where ustar has no room for it.</summary>
    internal void SetSize(long size)
    {
        if (!TrySetSize(size)) TarNumber.FormatBinary(size, _record.AsSpan(124, 12));
    }

    /// <summary>ustar has whole seconds from 1970 on.</summary>
    internal bool TrySetModified(FileTime time) => TrySet(time.Seconds, 136, 12) && time.Nanoseconds == 0;

    internal void SetDevice(DeviceNumber device)
    {
        TarNumber.TryFormatOctal(device.Major, _record.AsSpan(329, 8));
        TarNumber.TryFormatOctal(device.Minor, _record.AsSpan(337, 8));
    }

    /// <summary>The record, with its checksum.</summary>
    internal ReadOnlySpan<byte> Finish(byte type)
    {
        _record[156] = type;
        "ustar\0"u8.CopyTo(_record.AsSpan(257));
        "00"u8.CopyTo(_record.AsSpan(263));
        _record.AsSpan(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte b in _record) sum += b;
        TarNumber.TryFormatOctal(sum, _record.AsSpan(148, 7));
        return _record;
    }

    private bool TrySet(long value, int offset, int length)
    {
        if (TarNumber.TryFormatOctal(value, _record.AsSpan(offset, length))) return true;
        TarNumber.TryFormatOctal(0, _record.AsSpan(offset, length));
        return false;
    }
}
