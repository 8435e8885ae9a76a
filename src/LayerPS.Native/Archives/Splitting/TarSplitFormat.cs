namespace LayerPS.Archives;

/// <summary>
/// The tar-split file: all of a tar but the payloads that lie in the layer's directory.
/// <code>
/// magic "LPS-tar\n", version (1 byte)
/// one zstd frame of records: tag (1 byte), then by tag, all numbers as LEB128:
///   Raw     length, bytes          Zeros   length
///   File    path length, path, size                      a file's whole content
///   Sparse  path length, path, real size, count, (offset, length)…   a file's ranges
///   End     length of the tar
/// kept payloads, one after another: those whose files a later entry replaced
/// index, 24 bytes each: number of the File or Sparse record, offset in this file, length (little-endian, 64 bit)
/// footer: number of index entries, offset of the index (little-endian, 64 bit)
/// </code>
/// </summary>
internal static class TarSplitFormat
{
    internal const byte Version = 1;
    internal const byte Raw = 1;
    internal const byte Zeros = 2;
    internal const byte File = 3;
    internal const byte Sparse = 4;
    internal const byte End = 5;
    internal const int IndexEntrySize = 24;
    internal const int FooterSize = 16;

    internal static ReadOnlySpan<byte> Magic => "LPS-tar\n"u8;
}
