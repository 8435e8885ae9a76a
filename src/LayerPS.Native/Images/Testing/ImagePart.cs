namespace LayerPS;

/// <summary>What an image consists of.</summary>
public enum ImagePart
{
    /// <summary>The list of its parts, which its digest is that of.</summary>
    Manifest,

    /// <summary>What its containers run with; its id is the digest of that.</summary>
    Config,

    /// <summary>A read-only layer.</summary>
    Layer,
}
