namespace LayerPS.Linux;

/// <summary>A time as the kernel keeps it.</summary>
/// <param name="Seconds">Seconds since 1970-01-01 UTC, negative before.</param>
/// <param name="Nanoseconds">0 to 999,999,999, added to the seconds also when these are negative.</param>
internal readonly record struct FileTime(long Seconds, int Nanoseconds);
