using System.Buffers;
using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>The content of <c>health.json</c>: what the checks of a container's latest run have found.</summary>
internal sealed record HealthRecord
{
    internal const int KeptResults = 5;

    internal ContainerHealth Status { get; init; } = ContainerHealth.Starting;

    /// <summary>How many checks have failed since one passed.</summary>
    internal int Failures { get; init; }

    /// <summary>The latest ones, the oldest first.</summary>
    internal IReadOnlyList<HealthCheckResult> Results { get; init; } = [];

    /// <summary>What a further check makes of it.</summary>
    /// <param name="result">How the check went.</param>
    /// <param name="retries">How many failures in a row it takes to be unhealthy.</param>
    /// <param name="isStarting">Failures do not count yet, unless a check has passed before.</param>
    internal HealthRecord With(HealthCheckResult result, int retries, bool isStarting)
    {
        HealthRecord next = this with { Results = [.. Results.TakeLast(KeptResults - 1), result] };
        if (result.ExitCode == 0) return next with { Status = ContainerHealth.Healthy, Failures = 0 };
        if (isStarting && Status == ContainerHealth.Starting) return next;
        int failures = Failures < int.MaxValue ? Failures + 1 : Failures;
        return next with { Failures = failures, Status = failures >= retries ? ContainerHealth.Unhealthy : Status };
    }

    /// <summary>That of a container with a health command; one without a word where nothing can be read.</summary>
    /// <param name="directory">The container's.</param>
    internal static HealthRecord Read(string directory)
    {
        try
        {
            return SmallFile.TryRead(Path.Combine(directory, ContainerFiles.Health)) is { } json ? Parse(json) : new();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or LinuxException)
        {
            // The next check writes it anew.
            return new HealthRecord();
        }
    }

    // Field by field, for the same reason as ContainerRunJson.
    internal byte[] ToJson()
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteString("status", Status.ToString());
        writer.WriteNumber("failures", Failures);
        writer.WriteStartArray("results");
        foreach (HealthCheckResult result in Results)
        {
            writer.WriteStartObject();
            writer.WriteString("started", result.Started);
            writer.WriteNumber("duration", result.Duration.TotalSeconds);
            if (result.ExitCode is { } exitCode) writer.WriteNumber("exitCode", exitCode);
            writer.WriteString("output", result.Output);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    internal static HealthRecord Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        return new HealthRecord
        {
            Status = Enum.TryParse(root.Text("status"), out ContainerHealth status) && Enum.IsDefined(status)
                ? status
                : ContainerHealth.Starting,
            Failures = root.Field("failures").GetInt32(),
            Results = root.List("results", static result => new HealthCheckResult
            {
                Started = result.Field("started").GetDateTimeOffset(),
                Duration = TimeSpan.FromSeconds(Math.Clamp(result.Field("duration").GetDouble(), 0, int.MaxValue)),
                ExitCode = result.Field("exitCode") is var exitCode && exitCode.IsThere() ? exitCode.GetInt32() : null,
                Output = result.Text("output") ?? "",
            }),
        };
    }
}
