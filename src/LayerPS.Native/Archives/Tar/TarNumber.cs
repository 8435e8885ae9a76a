namespace LayerPS.Archives;

/// <summary>Numbers in a header: octal digits, or GNU's base-256 where the first byte's top bit is set.</summary>
internal static class TarNumber
{
    internal static bool TryParse(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        if ((field[0] & 0x80) != 0) return TryParseBinary(field, out value);
        // Some writers leave leading spaces or NULs, and end the digits with either.
        field = field.Trim(" \0"u8);
        foreach (byte b in field)
        {
            if (b is < (byte)'0' or > (byte)'7' || value >> 60 != 0) return false;
            value = (value << 3) | (uint)(b - '0');
        }
        return true;
    }

    /// <returns>False where the number does not fit into the field's octal digits.</returns>
    internal static bool TryFormatOctal(long value, Span<byte> field)
    {
        int digits = field.Length - 1;
        if (value < 0 || (digits < 21 && value >> (3 * digits) != 0)) return false;
        field[digits] = 0;
        for (int i = digits - 1; i >= 0; i--, value >>= 3) field[i] = (byte)('0' + (value & 7));
        return true;
    }

    /// <summary>Writes a number that is not negative in GNU's base-256, which has room for any.</summary>
    internal static void FormatBinary(long value, Span<byte> field)
    {
        for (int i = field.Length - 1; i >= 0; i--, value >>= 8) field[i] = (byte)value;
        field[0] |= 0x80;
    }

    // Two's complement, big-endian; bit 7 of the first byte only marks the form, bit 6 is the sign.
    private static bool TryParseBinary(ReadOnlySpan<byte> field, out long value)
    {
        bool negative = (field[0] & 0x40) != 0;
        value = negative ? -1 : 0;
        for (int i = 0; i < field.Length; i++)
        {
            byte b = i > 0 ? field[i] : (byte)(negative ? field[0] : field[0] & 0x7f);
            long top = value >> 55;
            if (top != 0 && top != -1) return false;
            value = (value << 8) | b;
        }
        return true;
    }
}
