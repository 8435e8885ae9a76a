using System.Text.Json.Serialization;
using LayerPS.Storage;

namespace LayerPS.Oci;

/// <summary>Names a blob by its content (image-spec, descriptor.md).</summary>
internal sealed record ImageDescriptor
{
    internal const string ManifestType = "application/vnd.oci.image.manifest.v1+json";
    internal const string ConfigurationType = "application/vnd.oci.image.config.v1+json";
    internal const string IndexType = "application/vnd.oci.image.index.v1+json";
    internal const string LayerTarType = "application/vnd.oci.image.layer.v1.tar";

    [JsonPropertyName("mediaType")]
    public required string MediaType { get; init; }

    /// <summary>sha256: and 64 hex digits.</summary>
    [JsonPropertyName("digest")]
    public required string Digest { get; init; }

    /// <summary>Bytes.</summary>
    [JsonPropertyName("size")]
    public required long Size { get; init; }

    /// <summary>What the manifest's image runs on; in an index.</summary>
    [JsonPropertyName("platform")]
    public ImagePlatform? Platform { get; set; }

    [JsonPropertyName("annotations")]
    public IReadOnlyDictionary<string, string>? Annotations { get; set; }

    /// <summary>Whether it names several manifests; docker's older name for that is as good.</summary>
    internal bool IsIndex => MediaType is IndexType or "application/vnd.docker.distribution.manifest.list.v2+json";

    internal bool IsImageConfiguration =>
        MediaType is ConfigurationType or "application/vnd.docker.container.image.v1+json";

    /// <summary>Whether it may be an image, and is not what signs or describes one.</summary>
    internal bool IsImage =>
        Platform?.Os != "unknown" && Annotations?.ContainsKey(ImageAnnotation.ReferenceType) != true;

    internal static ImageDescriptor Of(string mediaType, string hex, long size) =>
        new() { MediaType = mediaType, Digest = ContentDigest.Prefix + hex, Size = size };
}
