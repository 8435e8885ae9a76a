using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>How the network treats what the container sends (runtime-spec, config-linux.md, "Network").</summary>
internal sealed record RuntimeNetworkLimits
{
    [JsonPropertyName("classID")]
    public uint? ClassId { get; set; }

    public IReadOnlyList<RuntimeNetworkPriority> Priorities { get; set; } = [];
}
