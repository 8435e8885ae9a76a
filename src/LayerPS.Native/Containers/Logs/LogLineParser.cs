using System.Globalization;
using System.Text;

namespace LayerPS.Containers;

/// <summary>
/// Reads CRI log lines, <c>time stream tag text</c>, and joins the parts (tag P) of a line that was written piece by
/// piece; the two streams are told apart, as their parts may alternate.
/// </summary>
/// <param name="container">The container's name.</param>
/// <param name="isTerminal">A terminal wrote it, which puts a carriage return before each end of a line.</param>
internal sealed class LogLineParser(string container, bool isTerminal)
{
    private readonly Dictionary<LogStream, (DateTimeOffset Time, List<byte> Text)> _parts = [];

    /// <param name="line">Without its end. What is no log line, as after a full disk, is passed over.</param>
    /// <returns>The entry that this line completes; null when its rest follows.</returns>
    internal ContainerLogEntry? Parse(ReadOnlySpan<byte> line)
    {
        if (!TryTake(ref line, out ReadOnlySpan<byte> timeText) || !TryTake(ref line, out ReadOnlySpan<byte> streamName)
            || !TryTake(ref line, out ReadOnlySpan<byte> tag) || StreamOf(streamName) is not { } stream
            || !DateTimeOffset.TryParse(
                Encoding.UTF8.GetString(timeText), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out DateTimeOffset time))
        {
            return null;
        }

        bool hasParts = _parts.TryGetValue(stream, out var parts);
        if (tag is [(byte)'P'])
        {
            if (!hasParts) _parts.Add(stream, parts = (time, []));
            parts.Text.AddRange(line);
            return null;
        }

        if (!hasParts) return Entry(stream, time, line);
        parts.Text.AddRange(line);
        _parts.Remove(stream);
        return Entry(stream, parts.Time, [.. parts.Text]);
    }

    /// <summary>What is there of lines whose rest never came.</summary>
    internal IEnumerable<ContainerLogEntry> Finish()
    {
        List<ContainerLogEntry> rest = [.. _parts.OrderBy(static p => p.Value.Time).Select(p => Entry(p.Key, p.Value.Time, [.. p.Value.Text]))];
        _parts.Clear();
        return rest;
    }

    private ContainerLogEntry Entry(LogStream stream, DateTimeOffset time, ReadOnlySpan<byte> text) =>
        new(container, time, stream, Encoding.UTF8.GetString(isTerminal && text is [.. var line, (byte)'\r'] ? line : text));

    private static LogStream? StreamOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("stdout"u8) ? LogStream.StandardOutput
        : name.SequenceEqual("stderr"u8) ? LogStream.StandardError
        : null;

    private static bool TryTake(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> word)
    {
        int blank = line.IndexOf((byte)' ');
        word = blank < 0 ? default : line[..blank];
        line = blank < 0 ? line : line[(blank + 1)..];
        return blank > 0;
    }
}
