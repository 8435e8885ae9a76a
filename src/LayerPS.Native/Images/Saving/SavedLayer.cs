namespace LayerPS.Images;

/// <summary>A layer as it was written: the hex digits of its file's digest, and the file's length in bytes.</summary>
internal sealed record SavedLayer(string Hex, long Size);
