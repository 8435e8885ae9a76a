using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>A health check as docker's extension of the image configuration has it; times are nanoseconds.</summary>
internal sealed record ImageHealthcheckText
{
    [JsonPropertyName("Test")]
    public IReadOnlyList<string>? Test { get; set; }

    [JsonPropertyName("Interval")]
    public long? Interval { get; set; }

    [JsonPropertyName("Timeout")]
    public long? Timeout { get; set; }

    [JsonPropertyName("StartPeriod")]
    public long? StartPeriod { get; set; }

    [JsonPropertyName("StartInterval")]
    public long? StartInterval { get; set; }

    [JsonPropertyName("Retries")]
    public int? Retries { get; set; }

    internal static ImageHealthcheckText Of(ImageHealthcheck check) => new()
    {
        Test = check.Test,
        Interval = Nanoseconds(check.Interval),
        Timeout = Nanoseconds(check.Timeout),
        StartPeriod = Nanoseconds(check.StartPeriod),
        StartInterval = Nanoseconds(check.StartInterval),
        Retries = check.Retries,
    };

    internal ImageHealthcheck ToHealthcheck() => new()
    {
        Test = Test ?? [],
        Interval = Time(Interval),
        Timeout = Time(Timeout),
        StartPeriod = Time(StartPeriod),
        StartInterval = Time(StartInterval),
        Retries = Retries,
    };

    private static long? Nanoseconds(TimeSpan? time) => time?.Ticks * TimeSpan.NanosecondsPerTick;

    private static TimeSpan? Time(long? nanoseconds) =>
        nanoseconds is null ? null : TimeSpan.FromTicks(nanoseconds.Value / TimeSpan.NanosecondsPerTick);
}
