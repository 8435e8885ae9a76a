using ZstdSharp;

namespace LayerPS.Archives;

/// <summary>Opens tar streams that may be compressed.</summary>
internal static class Compression
{
    // RFC 1952, section 2.3.1; bzip2's own manual; RFC 8878, sections 3.1.1 and 3.1.2; the .xz file format, 2.1.1.1.
    private static ReadOnlySpan<byte> GzipMagic => [0x1f, 0x8b];

    private static ReadOnlySpan<byte> Bzip2Magic => "BZh"u8;

    private static ReadOnlySpan<byte> ZstdMagic => [0x28, 0xb5, 0x2f, 0xfd];

    private static ReadOnlySpan<byte> ZstdSkippableMagic => [0x2a, 0x4d, 0x18];

    private static ReadOnlySpan<byte> XzMagic => [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>Tells by content what a tar archive is packed with, and unpacks it while it is read.</summary>
    /// <exception cref="EngineException">
    /// ArchiveInvalid: neither a tar archive nor one that is packed in a known way; the message says what was seen.
    /// HostNotSupported: it is packed with xz and this host lacks liblzma.
    /// </exception>
    internal static DecodedStream OpenRead(Stream stream, bool leaveOpen)
    {
        PeekableStream source = new(stream, leaveOpen);
        try
        {
            CompressionKind kind = Detect(source.Peek(TarHeader.Size));
            Stream content = kind switch
            {
                CompressionKind.Gzip => new CheckedDecoder(new GzipDecoder(source), "gzip"),
                CompressionKind.Bzip2 => new CheckedDecoder(new Bzip2Decoder(source), "bzip2"),
                CompressionKind.Zstd => new CheckedDecoder(
                    new DecompressionStream(source, checkEndOfStream: true, leaveOpen: true), "zstd"),
                CompressionKind.Xz => new CheckedDecoder(new XzDecoder(source), "xz"),
                _ => source,
            };
            return new DecodedStream(content, kind, source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static CompressionKind Detect(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(GzipMagic)) return CompressionKind.Gzip;
        if (start.StartsWith(Bzip2Magic) && start.Length > 3 && start[3] is >= (byte)'1' and <= (byte)'9')
            return CompressionKind.Bzip2;
        if (start.StartsWith(ZstdMagic)) return CompressionKind.Zstd;
        if (start.Length > 3 && start[0] >> 4 == 5 && start[1..].StartsWith(ZstdSkippableMagic))
            return CompressionKind.Zstd;
        if (start.StartsWith(XzMagic)) return CompressionKind.Xz;
        if (TarHeader.LooksLikeTar(start)) return CompressionKind.None;
        throw ArchiveErrors.Invalid(
            "a tar archive was expected (plain, gzip, bzip2, zstd or xz), "
            + $"but this is {ForeignFormat.Describe(start)}");
    }
}
