using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace LayerPS.Archives;

/// <summary>How attribute names and values are wrapped in PAX records.</summary>
internal static class PaxText
{
    /// <summary>GNU tar writes '%' and '=' in a name, and only those, as %25 and %3D.</summary>
    internal static byte[] DecodeKey(ReadOnlySpan<byte> name) => Decode(name, onlyGnu: true);

    /// <summary>libarchive writes any byte as %XX.</summary>
    internal static byte[] DecodePercent(ReadOnlySpan<byte> name) => Decode(name, onlyGnu: false);

    internal static byte[] EncodeKey(ReadOnlySpan<byte> name)
    {
        List<byte> encoded = new(name.Length);
        foreach (byte b in name)
            if (b == '%') encoded.AddRange("%25"u8);
            else if (b == '=') encoded.AddRange("%3D"u8);
            else encoded.Add(b);
        return [.. encoded];
    }

    /// <summary>libarchive's base64 comes without the padding.</summary>
    internal static byte[] DecodeBase64(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)'=');
        byte[] padded = [.. text, .. "==="u8[..(-text.Length & 3)]];
        byte[] value = new byte[Base64.GetMaxDecodedFromUtf8Length(padded.Length)];
        OperationStatus status = Base64.DecodeFromUtf8(padded, value, out _, out int length);
        return status == OperationStatus.Done
            ? value[..length]
            : throw ArchiveErrors.Invalid("an extended (PAX) header has an attribute that is not base64");
    }

    private static byte[] Decode(ReadOnlySpan<byte> name, bool onlyGnu)
    {
        List<byte> decoded = new(name.Length);
        while (!name.IsEmpty)
        {
            bool escape = name.Length >= 3 && name[0] == '%'
                && (!onlyGnu || name[1..3].SequenceEqual("25"u8) || name[1..3].SequenceEqual("3D"u8));
            if (escape && byte.TryParse(name[1..3], NumberStyles.AllowHexSpecifier, null, out byte value))
            {
                decoded.Add(value);
                name = name[3..];
            }
            else
            {
                decoded.Add(name[0]);
                name = name[1..];
            }
        }
        return [.. decoded];
    }
}
