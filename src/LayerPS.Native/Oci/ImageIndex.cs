using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>Several images, or one for several platforms (image-spec, image-index.md).</summary>
internal sealed record ImageIndex
{
    [JsonPropertyName("schemaVersion")]
    public required int SchemaVersion { get; init; }

    [JsonPropertyName("mediaType")]
    public string? MediaType { get; set; }

    [JsonPropertyName("manifests")]
    public required IReadOnlyList<ImageDescriptor> Manifests { get; init; }
}
