using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>Names a blob by its content (image-spec, descriptor.md).</summary>
internal sealed record ImageDescriptor
{
    internal const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    internal const string ConfigurationType = "application/vnd.oci.image.config.v1+json";
    internal const string LayerTarType = "application/vnd.oci.image.layer.v1.tar";

    [JsonPropertyName("mediaType")]
    public required string MediaType { get; init; }

    /// <summary>sha256: and 64 hex digits.</summary>
    [JsonPropertyName("digest")]
    public required string Digest { get; init; }

    /// <summary>Bytes.</summary>
    [JsonPropertyName("size")]
    public required long Size { get; init; }
}
