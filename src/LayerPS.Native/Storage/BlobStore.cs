namespace LayerPS.Storage;

/// <summary>Small files by the digest of their content: image configurations and manifests.</summary>
internal sealed class BlobStore(StoreLayout layout)
{
    /// <summary>Keeps the content; nothing happens where it is kept already.</summary>
    /// <remarks>Not durable: the caller syncs the file system before anything refers to the blob.</remarks>
    /// <returns>The digest's hex digits.</returns>
    internal string Write(ReadOnlySpan<byte> content)
    {
        string hex = ContentDigest.HexOf(content);
        var existing = new FileInfo(layout.Blob(hex));
        // A length that differs is the trace of a power loss; the whole content is compared when it is read.
        if (!existing.Exists || existing.Length != content.Length)
            AtomicFile.Write(existing.FullName, content, durable: false);
        return hex;
    }

    /// <exception cref="EngineException">StoreCorrupt: the blob is missing, or its content is another.</exception>
    internal byte[] Read(string hex)
    {
        string path = layout.Blob(hex);
        byte[] content = SmallFile.TryRead(path)
            ?? throw new EngineException(EngineErrors.StoreCorrupt, $"The blob '{path}' is missing.", path);
        return ContentDigest.HexOf(content) == hex
            ? content
            : throw new EngineException(
                EngineErrors.StoreCorrupt, $"The content of the blob '{path}' is not what its name says.", path);
    }
}
