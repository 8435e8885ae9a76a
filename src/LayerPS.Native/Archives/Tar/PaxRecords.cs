using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using LayerPS.Linux;

namespace LayerPS.Archives;

/// <summary>Makes the payload of a PAX extended header: records "length key=value\n".</summary>
internal sealed class PaxRecords
{
    private readonly List<byte> _bytes = [];
    private bool _binary;

    internal bool IsEmpty => _bytes.Count == 0;

    internal ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    internal void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        // The length counts its own digits, too.
        int rest = key.Length + value.Length + 3;
        int length = rest + Digits(rest);
        if (Digits(length) != Digits(rest)) length = rest + Digits(length);
        Span<byte> digits = stackalloc byte[11];
        Utf8Formatter.TryFormat(length, digits, out int used);
        _bytes.AddRange(digits[..used]);
        _bytes.Add((byte)' ');
        _bytes.AddRange(key);
        _bytes.Add((byte)'=');
        _bytes.AddRange(value);
        _bytes.Add((byte)'\n');
    }

    internal void Add(ReadOnlySpan<byte> key, long value) =>
        Add(key, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A time in decimal seconds; before 1970 the fraction counts backwards.</summary>
    internal void Add(ReadOnlySpan<byte> key, FileTime time)
    {
        bool backwards = time is { Seconds: < 0, Nanoseconds: > 0 };
        long seconds = backwards ? time.Seconds + 1 : time.Seconds;
        int nanoseconds = backwards ? 1_000_000_000 - time.Nanoseconds : time.Nanoseconds;
        string sign = backwards && seconds == 0 ? "-" : "";
        string text = string.Create(CultureInfo.InvariantCulture, $"{sign}{seconds}.{nanoseconds:d9}");
        Add(key, Encoding.ASCII.GetBytes(text.TrimEnd('0').TrimEnd('.')));
    }

    /// <summary>A name; PAX has UTF-8 here, and wants to be told where the bytes are not.</summary>
    internal void AddText(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (!_binary && !Utf8.IsValid(value))
        {
            Add("hdrcharset"u8, "BINARY"u8);
            _binary = true;
        }
        Add(key, value);
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
}
