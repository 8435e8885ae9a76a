namespace LayerPS.Archives;

/// <summary>How a stream's bytes are packed.</summary>
internal enum CompressionKind
{
    None,
    Gzip,
    Bzip2,
    Zstd,
    Xz,
}
