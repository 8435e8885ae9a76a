namespace LayerPS;

/// <summary>How one run of a container's health command went.</summary>
public sealed record HealthCheckResult
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>0 when the container is well; null when the command did not end in time, or was killed.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The first 4 KiB of what it wrote to both of its streams; or why it has no exit code.</summary>
    public string Output { get; init; } = "";
}
