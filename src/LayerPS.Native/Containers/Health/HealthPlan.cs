using System.Buffers;
using System.Text;
using System.Text.Json;
using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>How the monitor finds out about a container's health: an annotation of its <c>config.json</c>.</summary>
internal sealed record HealthPlan
{
    private const string Shell = "/bin/sh";

    internal required IReadOnlyList<string> Command { get; init; }

    internal required TimeSpan Interval { get; init; }

    internal required TimeSpan Timeout { get; init; }

    internal required TimeSpan StartPeriod { get; init; }

    internal required TimeSpan StartInterval { get; init; }

    internal required int Retries { get; init; }

    /// <param name="check">As <see cref="HealthCheckRules.Merge"/> has it.</param>
    internal static HealthPlan Of(ImageHealthcheck check) => new()
    {
        Command = check.Test[0] == HealthCheckRules.ShellLine ? [Shell, "-c", check.Test[1]] : [.. check.Test.Skip(1)],
        Interval = check.Interval ?? HealthCheckRules.DefaultInterval,
        Timeout = check.Timeout ?? HealthCheckRules.DefaultTimeout,
        StartPeriod = check.StartPeriod ?? TimeSpan.Zero,
        StartInterval = check.StartInterval ?? HealthCheckRules.DefaultStartInterval,
        Retries = check.Retries ?? HealthCheckRules.DefaultRetries,
    };

    internal static bool IsSame(ImageHealthcheck? one, ImageHealthcheck? other) =>
        one is null || other is null ? one == other : Of(one).ToText() == Of(other).ToText();

    internal string ToText()
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("command");
        foreach (string word in Command) writer.WriteStringValue(word);
        writer.WriteEndArray();
        writer.WriteNumber("interval", Interval.TotalSeconds);
        writer.WriteNumber("timeout", Timeout.TotalSeconds);
        writer.WriteNumber("startPeriod", StartPeriod.TotalSeconds);
        writer.WriteNumber("startInterval", StartInterval.TotalSeconds);
        writer.WriteNumber("retries", Retries);
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    internal static HealthPlan Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement root = document.RootElement;
        return new HealthPlan
        {
            Command = root.Texts("command"),
            Interval = Time(root, "interval"),
            Timeout = Time(root, "timeout"),
            StartPeriod = Time(root, "startPeriod"),
            StartInterval = Time(root, "startInterval"),
            Retries = root.Field("retries").GetInt32(),
        };
    }

    private static TimeSpan Time(JsonElement root, string name) => TimeSpan.FromSeconds(root.Field(name).GetDouble());
}
