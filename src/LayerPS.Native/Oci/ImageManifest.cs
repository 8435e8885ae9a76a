using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>An image's configuration and layers, by content (image-spec, manifest.md).</summary>
internal sealed record ImageManifest
{
    /// <summary>The manifest digest of the image that this one was built on (image-spec, annotations.md).</summary>
    internal const string BaseDigestAnnotation = "org.opencontainers.image.base.digest";

    [JsonPropertyName("schemaVersion")]
    public required int SchemaVersion { get; init; }

    [JsonPropertyName("mediaType")]
    public string? MediaType { get; set; }

    [JsonPropertyName("config")]
    public required ImageDescriptor Config { get; init; }

    /// <summary>The base first.</summary>
    [JsonPropertyName("layers")]
    public required IReadOnlyList<ImageDescriptor> Layers { get; init; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; set; }
}
