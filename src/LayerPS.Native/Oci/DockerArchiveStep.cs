using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>What made a layer in an archive of docker before 1.10, as far as it is of use (docker image spec v1).</summary>
internal sealed record DockerArchiveStep
{
    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string>? Cmd { get; set; }
}
