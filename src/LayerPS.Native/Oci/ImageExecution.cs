using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>What containers of an image run with (image-spec, config.md, "config"). Absent where null.</summary>
internal sealed record ImageExecution
{
    [JsonPropertyName("User")]
    public string? User { get; set; }

    [JsonPropertyName("ExposedPorts")]
    public IReadOnlyDictionary<string, ImageEmptyObject>? ExposedPorts { get; set; }

    [JsonPropertyName("Env")]
    public IReadOnlyList<string>? Env { get; set; }

    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string>? Entrypoint { get; set; }

    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; set; }

    [JsonPropertyName("Volumes")]
    public IReadOnlyDictionary<string, ImageEmptyObject>? Volumes { get; set; }

    [JsonPropertyName("WorkingDir")]
    public string? WorkingDir { get; set; }

    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; set; }

    [JsonPropertyName("StopSignal")]
    public string? StopSignal { get; set; }

    [JsonPropertyName("Healthcheck")]
    public ImageHealthcheckText? Healthcheck { get; set; }

    [JsonPropertyName("OnBuild")]
    public IReadOnlyList<string>? OnBuild { get; set; }

    [JsonPropertyName("Shell")]
    public IReadOnlyList<string>? Shell { get; set; }
}
