namespace LayerPS;

/// <summary>How the health of containers is found out. A time that is null is left to who runs them.</summary>
public sealed record ImageHealthcheck
{
    /// <summary>NONE; CMD and the words of a command; or CMD-SHELL and a line for the shell.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    /// <summary>From one check to the next.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long one check may take.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long after the start failures do not count.</summary>
    public TimeSpan? StartPeriod { get; init; }

    /// <summary>From one check to the next in that time.</summary>
    public TimeSpan? StartInterval { get; init; }

    /// <summary>How many failures in a row make it unhealthy.</summary>
    public int? Retries { get; init; }
}
