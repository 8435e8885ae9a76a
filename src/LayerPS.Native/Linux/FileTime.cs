namespace LayerPS.Linux;

/// <summary>A time as the kernel keeps it.</summary>
/// <param name="Seconds">Seconds since 1970-01-01 UTC, negative before.</param>
/// <param name="Nanoseconds">0 to 999,999,999, added to the seconds also when these are negative.</param>
internal readonly record struct FileTime(long Seconds, int Nanoseconds)
{
    private const int NanosecondsPerTick = 100;

    /// <summary>The nearest that .NET has: years 1 to 9999, steps of 100 nanoseconds.</summary>
    internal DateTimeOffset ToDateTimeOffset()
    {
        long first = DateTimeOffset.MinValue.ToUnixTimeSeconds(), last = DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        return DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(Seconds, first, last)).AddTicks(Nanoseconds / NanosecondsPerTick);
    }
}
