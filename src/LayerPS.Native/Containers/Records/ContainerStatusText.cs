using System.Globalization;

namespace LayerPS.Containers;

/// <summary>A container's state in the words that people know from other engines.</summary>
internal static class ContainerStatusText
{
    internal static string Of(Container container, DateTimeOffset now) => container.State switch
    {
        ContainerState.Running => $"Up {Since(container.Started, now)}",
        ContainerState.Paused => $"Up {Since(container.Started, now)} (Paused)",
        ContainerState.Exited => $"Exited ({ExitCodeOf(container)}) {Since(container.Finished, now)} ago",
        _ => container.State.ToString(),
    };

    private static string ExitCodeOf(Container container) =>
        container.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static string Since(DateTimeOffset? time, DateTimeOffset now)
    {
        double seconds = Math.Max(0, (now - (time ?? now)).TotalSeconds);
        return seconds switch
        {
            < 1 => "less than a second",
            < 60 => Count(seconds, "second"),
            < 3600 => Count(seconds / 60, "minute"),
            < 2 * 86400 => Count(seconds / 3600, "hour"),
            < 14 * 86400 => Count(seconds / 86400, "day"),
            < 60 * 86400 => Count(seconds / (7 * 86400), "week"),
            < 730 * 86400.0 => Count(seconds / (30 * 86400), "month"),
            _ => Count(seconds / (365 * 86400.0), "year"),
        };
    }

    private static string Count(double number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(long)number} {unit}{((long)number == 1 ? "" : "s")}");
}
