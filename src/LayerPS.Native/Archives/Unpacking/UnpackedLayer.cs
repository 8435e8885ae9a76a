namespace LayerPS.Archives;

/// <summary>
/// What came out of a layer's tar. DiffId is the SHA-256 of the whole uncompressed stream in hex, Size the sum of all
/// files' payload in bytes, TarSize the length of the stream in bytes, Entries how many files of any type it named.
/// </summary>
internal sealed record UnpackedLayer(string DiffId, long Size, long TarSize, long Entries);
