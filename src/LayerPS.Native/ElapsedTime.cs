using System.Globalization;

namespace LayerPS;

/// <summary>Durations as people say them.</summary>
public static class ElapsedTime
{
    /// <summary>A duration in its largest unit: <c>3 minutes</c>.</summary>
    public static string Text(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => Count(span.TotalSeconds, "second"),
        { TotalMinutes: < 60 } => Count(span.TotalMinutes, "minute"),
        { TotalHours: < 48 } => Count(span.TotalHours, "hour"),
        { TotalDays: < 14 } => Count(span.TotalDays, "day"),
        { TotalDays: < 60 } => Count(span.TotalDays / 7, "week"),
        { TotalDays: < 730 } => Count(span.TotalDays / 30.44, "month"),
        _ => Count(span.TotalDays / 365.25, "year"),
    };

    private static string Count(double value, string unit)
    {
        long whole = Math.Max(0, (long)value);
        return whole == 1 ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{whole} {unit}s");
    }
}
