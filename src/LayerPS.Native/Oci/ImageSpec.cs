using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>An image's configuration file (image-spec, config.md).</summary>
internal sealed record ImageSpec
{
    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; set; }

    [JsonPropertyName("author")]
    public string? Author { get; set; }

    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; set; }

    [JsonPropertyName("os")]
    public required string Os { get; init; }

    [JsonPropertyName("config")]
    public ImageExecution? Config { get; set; }

    [JsonPropertyName("rootfs")]
    public required ImageRootFileSystem RootFileSystem { get; init; }

    [JsonPropertyName("history")]
    public IReadOnlyList<ImageHistory>? History { get; set; }
}
