using System.Buffers;
using System.Globalization;

namespace LayerPS.Views;

/// <summary>Values as people read them. For views only: in the objects, sizes are bytes and times are times.</summary>
public static class ViewText
{
    private const int ShortIdLength = 12, IdLength = 64;
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create(" \t\n'\"$`;&|<>()*?[]#~");
    private static readonly string[] SizeUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>Three digits and a unit of 1,000: <c>7.25 MB</c>.</summary>
    public static string Size(long bytes)
    {
        double value = bytes;
        int unit = 0;
        // What would be rounded to 1000 belongs to the next unit.
        while (Math.Abs(value) >= (unit == 0 ? 1000 : 999.5) && unit < SizeUnits.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        string format = unit == 0 || Math.Abs(value) >= 99.95 ? "0" : Math.Abs(value) >= 9.995 ? "0.0" : "0.00";
        return value.ToString(format, CultureInfo.InvariantCulture) + " " + SizeUnits[unit];
    }

    /// <summary>Two sizes: <c>1.20 MB / 3.40 MB</c>; a dash for one that nobody knows.</summary>
    public static string SizePair(long? first, long? second) => $"{SizeOrDash(first)} / {SizeOrDash(second)}";

    /// <summary>A share with two digits after the point; a dash for one that nobody knows.</summary>
    public static string Percent(double? percent) =>
        percent is { } value ? value.ToString("0.00", CultureInfo.InvariantCulture) : "-";

    /// <summary>How long ago: <c>3 minutes ago</c>; nothing for no time.</summary>
    public static string Ago(DateTimeOffset? time) => time is { } then ? Ago(DateTimeOffset.UtcNow - then) : "";

    /// <summary>The first 12 digits of an id; nothing for none.</summary>
    public static string ShortId(string? id) => id is { Length: > ShortIdLength } ? id[..ShortIdLength] : id ?? "";

    /// <summary>An image by its name, or by the first digits of its id where it has no name.</summary>
    public static string Image(string reference) =>
        reference.Length == IdLength && !reference.Contains(':', StringComparison.Ordinal) ? ShortId(reference) : reference;

    /// <summary>A command as a shell's user would type it, on one line.</summary>
    public static string CommandLine(IEnumerable<string> entrypoint, IEnumerable<string> command) =>
        string.Join(' ', entrypoint.Concat(command).Select(Quoted)).ReplaceLineEndings(" ");

    private static string SizeOrDash(long? bytes) => bytes is { } size ? Size(size) : "-";

    private static string Quoted(string argument) => argument.Length > 0 && !argument.AsSpan().ContainsAny(ShellCharacters)
        ? argument
        : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Ago(TimeSpan age) =>
        age.TotalSeconds < 0 ? "in the future" : ElapsedTime.Text(age) + " ago";
}
