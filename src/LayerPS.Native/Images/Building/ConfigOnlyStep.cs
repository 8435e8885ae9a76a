using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>A step without files.</summary>
/// <param name="configuration">All that the image's configuration is to be.</param>
internal sealed class ConfigOnlyStep(string configuration) : IBuildLayer
{
    public IEnumerable<string> KeyParts => [configuration];

    public StagedLayer? Make() => null;
}
