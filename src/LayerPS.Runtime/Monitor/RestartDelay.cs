namespace LayerPS.Runtime.Monitor;

/// <summary>
/// How long to wait before the next start: a tenth of a second, twice as long each time up to a minute, and short again
/// after a run that held for ten seconds. What ends at once must not keep the machine busy.
/// </summary>
internal sealed class RestartDelay
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(10);

    private TimeSpan _next = Shortest;

    /// <param name="ran">How long the container ran this time.</param>
    internal TimeSpan After(TimeSpan ran)
    {
        TimeSpan delay = ran >= Held ? Shortest : _next;
        _next = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }
}
