namespace LayerPS.Archives;

/// <summary>A stream with its compression, if any, taken off.</summary>
internal sealed class DecodedStream(Stream content, CompressionKind kind, PeekableStream source) : IDisposable
{
    /// <summary>The plain bytes. A stream that is cut off or damaged is an EngineException (ArchiveInvalid).</summary>
    internal Stream Content { get; } = content;

    internal CompressionKind Kind { get; } = kind;

    /// <summary>How many bytes of the packed stream have been read so far; may be asked from any thread.</summary>
    internal long CompressedBytes => source.Position;

    public void Dispose()
    {
        Content.Dispose();
        source.Dispose();
    }
}
