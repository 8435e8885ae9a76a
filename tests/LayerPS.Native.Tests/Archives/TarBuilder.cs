using System.Globalization;
using System.Text;

namespace LayerPS.Tests.Archives;

/// <summary>Makes tar archives by hand, also such as no decent tool would write.</summary>
internal sealed class TarBuilder
{
    private readonly List<byte> _tar = [];

    internal TarBuilder Add(
        string name, char type = '0', string content = "", string link = "", long? size = null, int major = 0,
        int minor = 0, int mode = 420, Action<byte[]>? change = null, bool breakChecksum = false)
    {
        byte[] payload = Encoding.Latin1.GetBytes(content);
        byte[] header = new byte[512];
        Put(header, 0, name);
        Put(header, 100, Octal(mode, 7));
        Put(header, 108, Octal(0, 7));
        Put(header, 116, Octal(0, 7));
        Put(header, 124, Octal(size ?? payload.Length, 11));
        Put(header, 136, Octal(1_000_000_000, 11));
        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, "ustar\0" + "00");
        Put(header, 329, Octal(major, 7));
        Put(header, 337, Octal(minor, 7));
        change?.Invoke(header);
        Put(header, 148, "        ");
        int sum = header.Sum(static b => b) + (breakChecksum ? 1 : 0);
        Put(header, 148, Octal(sum, 6) + "\0 ");
        _tar.AddRange(header);
        return Raw(payload).Raw(new byte[-payload.Length & 511]);
    }

    /// <summary>Adds a PAX header for the next entry; each record is "key=value".</summary>
    internal TarBuilder Pax(params string[] records) => Add("pax", 'x', string.Concat(records.Select(Record)));

    internal TarBuilder Global(params string[] records) => Add("global", 'g', string.Concat(records.Select(Record)));

    internal TarBuilder Raw(byte[] bytes)
    {
        _tar.AddRange(bytes);
        return this;
    }

    internal byte[] Unended() => _tar.ToArray();

    internal byte[] End() => [.. _tar, .. new byte[1024]];

    private static string Record(string record)
    {
        int length = record.Length + 3;
        while (length != record.Length + 2 + length.ToString(CultureInfo.InvariantCulture).Length)
            length = record.Length + 2 + length.ToString(CultureInfo.InvariantCulture).Length;
        return string.Create(CultureInfo.InvariantCulture, $"{length} {record}\n");
    }

    private static string Octal(long value, int digits) => Convert.ToString(value, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int offset, string text) =>
        Encoding.Latin1.GetBytes(text, header.AsSpan(offset));
}
