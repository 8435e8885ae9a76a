using System.Buffers;
using System.Globalization;

namespace LayerPS.Dockerfiles;

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>1.5s</c>, <c>500ms</c>.</summary>
internal static class DurationText
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    // The longer names first: "ms" is no "m".
    private static readonly (string Name, double Seconds)[] Units =
        [("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)];

    /// <returns>Null where the text is none.</returns>
    internal static TimeSpan? TryParse(string text)
    {
        if (text == "0") return TimeSpan.Zero;
        double total = 0;
        ReadOnlySpan<char> rest = text;
        if (rest.IsEmpty) return null;
        while (!rest.IsEmpty)
        {
            int digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0) return null;
            if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return null;
            rest = rest[digits..];
            bool known = false;
            foreach ((string name, double seconds) in Units)
            {
                if (!rest.StartsWith(name)) continue;
                total += number * seconds;
                rest = rest[name.Length..];
                known = true;
                break;
            }

            if (!known) return null;
        }

        return total < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(total) : null;
    }
}
