using System.Globalization;

namespace LayerPS.Containers;

/// <summary>How much of a container's log is kept.</summary>
/// <param name="Size">From how many bytes on a file is put aside; 0 for never.</param>
/// <param name="Count">How many files there are, with the one that is written.</param>
internal sealed record LogLimits(long Size, int Count)
{
    internal static readonly LogLimits Default = new(10 * 1024 * 1024, 3);

    internal static LogLimits Parse(string text) =>
        text.Split('x') is [var size, var count]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int files)
            ? new LogLimits(bytes, files)
            : Default;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size}x{Count}");
}
