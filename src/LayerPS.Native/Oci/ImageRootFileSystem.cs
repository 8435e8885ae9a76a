using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>The layers by the digests of their tars (image-spec, config.md, "rootfs").</summary>
internal sealed record ImageRootFileSystem
{
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The base first.</summary>
    [JsonPropertyName("diff_ids")]
    public required IReadOnlyList<string> DiffIds { get; init; }
}
