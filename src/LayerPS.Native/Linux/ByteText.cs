using System.Buffers;
using System.Globalization;
using System.Text;

namespace LayerPS.Linux;

/// <summary>
/// Shows a name made of bytes to people: UTF-8 where it is, <c>\xNN</c> where it is not or would not print.
/// </summary>
internal static class ByteText
{
    internal static string Display(ReadOnlySpan<byte> name)
    {
        // Longer than any path can be: only a hostile archive has such names, and nobody wants to read them whole.
        if (name.Length > CString.Capacity) return Display(name[..80]) + "…";
        StringBuilder text = new(name.Length);
        while (!name.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(name, out Rune rune, out int length);
            bool prints = status == OperationStatus.Done && !Rune.IsControl(rune)
                && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format;
            if (prints)
                text.Append(rune.ToString());
            else
                foreach (byte b in name[..length]) text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            name = name[length..];
        }
        return text.ToString();
    }
}
