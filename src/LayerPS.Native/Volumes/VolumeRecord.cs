using System.Collections.ObjectModel;

namespace LayerPS.Volumes;

/// <summary>What a volume is: <c>volume.json</c> in its directory.</summary>
internal sealed record VolumeRecord
{
    public required string Name { get; init; }

    public required DateTimeOffset Created { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    public bool IsAnonymous { get; set; }
}
