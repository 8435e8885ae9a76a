namespace LayerPS;

/// <summary>How the layers of a saved image are packed.</summary>
public enum LayerCompression
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>gzip, which everything reads.</summary>
    Gzip,

    /// <summary>zstd, which is smaller and faster; docker reads it since version 23.</summary>
    Zstd,
}
