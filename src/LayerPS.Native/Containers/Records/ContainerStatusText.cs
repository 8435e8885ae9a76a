using System.Globalization;

namespace LayerPS.Containers;

/// <summary>A container's state in the words that people know from other engines.</summary>
internal static class ContainerStatusText
{
    internal static string Of(Container container, DateTimeOffset now) => container.State switch
    {
        ContainerState.Running => $"Up {Since(container.Started, now)}{HealthOf(container)}",
        ContainerState.Paused => $"Up {Since(container.Started, now)} (Paused)",
        ContainerState.Restarting => $"Restarting ({ExitCodeOf(container)}) {Since(container.Finished, now)} ago",
        ContainerState.Exited => $"Exited ({ExitCodeOf(container)}) {Since(container.Finished, now)} ago",
        _ => container.State.ToString(),
    };

    private static string ExitCodeOf(Container container) =>
        container.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static string HealthOf(Container container) => container.Health switch
    {
        ContainerHealth.None => "",
        ContainerHealth.Starting => " (health: starting)",
        ContainerHealth.Healthy => " (healthy)",
        _ => " (unhealthy)",
    };

    private static string Since(DateTimeOffset? time, DateTimeOffset now) => ElapsedTime.Text(now - (time ?? now));
}
