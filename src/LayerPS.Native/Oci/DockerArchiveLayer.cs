using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>The metadata of a layer in an archive of docker: the file <c>json</c> in its folder (docker image spec v1).</summary>
internal sealed record DockerArchiveLayer
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("parent")]
    public string? Parent { get; set; }

    [JsonPropertyName("created")]
    public DateTimeOffset? Created { get; set; }

    [JsonPropertyName("author")]
    public string? Author { get; set; }

    [JsonPropertyName("comment")]
    public string? Comment { get; set; }

    /// <summary>What the layer's container ran; null from docker 1.10 on.</summary>
    [JsonPropertyName("container_config")]
    public DockerArchiveStep? ContainerConfig { get; set; }

    [JsonPropertyName("architecture")]
    public string? Architecture { get; set; }

    [JsonPropertyName("os")]
    public string? Os { get; set; }

    /// <summary>Only for the top of an image.</summary>
    [JsonPropertyName("config")]
    public ImageExecution? Config { get; set; }
}
