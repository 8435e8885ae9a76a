using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>What a step puts above the image so far.</summary>
internal interface IBuildLayer
{
    /// <summary>What it depends on besides its parent and the text of its instruction.</summary>
    public IEnumerable<string> KeyParts { get; }

    /// <summary>Makes the layer; null where there is none to make.</summary>
    public StagedLayer? Make();
}
