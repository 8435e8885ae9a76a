namespace LayerPS.Images;

/// <summary>A layer as an archive has it.</summary>
/// <param name="File">Its name in the archive.</param>
/// <param name="DiffId">The hex digits that the plain tar's digest must have.</param>
/// <param name="BlobHex">Those of the file as it is, packed or not; null where the archive does not say.</param>
/// <param name="Size">The file's length; null where the archive does not say.</param>
internal sealed record ArchivedLayer(string File, string DiffId, string? BlobHex, long? Size);
