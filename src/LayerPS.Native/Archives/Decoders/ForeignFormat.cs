using System.Globalization;
using System.Text;

namespace LayerPS.Archives;

/// <summary>Names what people give by mistake where a tar archive belongs.</summary>
internal static class ForeignFormat
{
    internal static string Describe(ReadOnlySpan<byte> start) => start switch
    {
        [] => "an empty file",
        [(byte)'P', (byte)'K', 3 or 5, 4 or 6, ..] => "a ZIP archive",
        [(byte)'7', (byte)'z', 0xbc, 0xaf, ..] => "a 7-Zip archive",
        [(byte)'R', (byte)'a', (byte)'r', (byte)'!', ..] => "a RAR archive",
        [0x7f, (byte)'E', (byte)'L', (byte)'F', ..] => "an ELF executable",
        [(byte)'h', (byte)'s', (byte)'q', (byte)'s', ..] => "a squashfs image",
        [(byte)'!', (byte)'<', (byte)'a', (byte)'r', ..] => "an ar archive, as Debian packages are",
        [0xed, 0xab, 0xee, 0xdb, ..] => "an RPM package",
        [(byte)'Q', (byte)'F', (byte)'I', 0xfb, ..] => "a qcow2 disk image",
        [0x04, 0x22, 0x4d, 0x18, ..] => "an lz4 stream",
        [(byte)'L', (byte)'Z', (byte)'I', (byte)'P', ..] => "an lzip stream",
        [0x1f, 0x9d, ..] => "a compress (.Z) stream",
        [0x5d, 0, 0, ..] => "a raw lzma stream",
        [(byte)'0', (byte)'7', (byte)'0', (byte)'7', (byte)'0', ..] => "a cpio archive",
        [(byte)'M', (byte)'Z', ..] => "a Windows executable",
        _ => DescribeBytes(start),
    };

    private static string DescribeBytes(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> head = start[..Math.Min(start.Length, 16)];
        if (!IsText(head))
        {
            string hex = Convert.ToHexStringLower(head[..Math.Min(head.Length, 8)]);
            return string.Create(CultureInfo.InvariantCulture, $"data that begins with the bytes {hex}");
        }
        string text = Encoding.UTF8.GetString(head).ReplaceLineEndings(" ");
        return $"text that begins with '{text}'";
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            if (b is not ((>= (byte)' ' and <= (byte)'~') or (byte)'\t' or (byte)'\r' or (byte)'\n')) return false;
        return true;
    }
}
