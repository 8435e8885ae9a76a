namespace LayerPS.Archives;

/// <summary>An entry of an archive that is read in any order: where its payload is, in bytes of the archive.</summary>
internal sealed record TarIndexEntry(TarEntryType Type, byte[] Name, byte[] LinkName, long Offset, long Size);
