using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>An image in the <c>manifest.json</c> of an archive that 'docker save' writes; its files by their names.</summary>
internal sealed record DockerArchiveImage
{
    [JsonPropertyName("Config")]
    public required string Config { get; init; }

    /// <summary>name:tag</summary>
    [JsonPropertyName("RepoTags")]
    public IReadOnlyList<string>? RepoTags { get; set; }

    /// <summary>The base first.</summary>
    [JsonPropertyName("Layers")]
    public IReadOnlyList<string>? Layers { get; set; }
}
