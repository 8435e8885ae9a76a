using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>Writes the tar of a layer again, byte for byte.</summary>
internal static class LayerTar
{
    /// <summary>
    /// Puts the tar together from what <see cref="LayerUnpacker.Unpack"/> left: the files in
    /// <paramref name="directory"/>, read without following any link, and the seekable <paramref name="tarSplit"/>.
    /// </summary>
    /// <remarks>Sizes are compared, contents are not: whoever needs certainty hashes what is written.</remarks>
    /// <param name="directory">The layer's files.</param>
    /// <param name="tarSplit">What was kept of the tar.</param>
    /// <param name="destination">Gets the tar.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="padded">Write zeros for a file that is gone or has another size, and go on.</param>
    /// <exception cref="EngineException">
    /// StoreCorrupt: a file is gone or has another size, or the tar-split is damaged; the message names it.
    /// </exception>
    internal static void Rebuild(
        string directory, Stream tarSplit, Stream destination, CancellationToken cancellationToken, bool padded = false)
    {
        using SafeFileHandle root = FileTree.OpenDirectory(directory);
        using TarSplitReader split = new(tarSplit);
        using LayerFiles files = new(root);
        using TarOutput output = new(destination, cancellationToken);
        for (long number = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            byte tag = split.ReadTag();
            switch (tag)
            {
                case TarSplitFormat.Raw:
                    split.CopyRaw(split.ReadNumber(), output);
                    break;
                case TarSplitFormat.Zeros:
                    output.WriteZeros(split.ReadNumber());
                    break;
                case TarSplitFormat.File or TarSplitFormat.Sparse:
                    CopyPayload(split, number++, files, tag == TarSplitFormat.Sparse, output, padded);
                    break;
                case TarSplitFormat.End:
                    long size = split.ReadNumber();
                    if (size != output.Count)
                        throw TarSplitReader.Corrupt($"the tar had {size} bytes, now it has {output.Count}");
                    output.Flush();
                    return;
                default:
                    throw TarSplitReader.Corrupt($"it has the unknown record {tag}");
            }
        }
    }

    /// <summary>How long the tar is, in bytes.</summary>
    /// <exception cref="EngineException">StoreCorrupt: the tar-split is damaged.</exception>
    internal static long SizeOf(Stream tarSplit)
    {
        using TarSplitReader split = new(tarSplit);
        while (true)
        {
            byte tag = split.ReadTag();
            switch (tag)
            {
                case TarSplitFormat.Raw:
                    split.CopyRaw(split.ReadNumber(), Stream.Null);
                    break;
                case TarSplitFormat.Zeros:
                    split.ReadNumber();
                    break;
                case TarSplitFormat.File or TarSplitFormat.Sparse:
                    split.ReadPath();
                    long size = split.ReadNumber();
                    if (tag == TarSplitFormat.Sparse) ReadMap(split, size);
                    break;
                case TarSplitFormat.End:
                    return split.ReadNumber();
                default:
                    throw TarSplitReader.Corrupt($"it has the unknown record {tag}");
            }
        }
    }

    private static void CopyPayload(
        TarSplitReader split, long number, LayerFiles files, bool sparse, TarOutput output, bool padded)
    {
        byte[] path = split.ReadPath();
        long realSize = split.ReadNumber();
        SparseMap? map = sparse ? ReadMap(split, realSize) : null;
        if (split.KeptPayload(number) is { } kept)
        {
            split.CopyKept(kept.Offset, kept.Length, output);
            return;
        }
        long size = map?.DataSize ?? realSize;
        using SafeFileHandle? file = padded ? files.TryOpen(path, realSize) : files.Open(path, realSize);
        if (file is null) output.WriteZeros(size);
        else PayloadCopier.Copy(file, size, map, output, path);
    }

    private static SparseMap ReadMap(TarSplitReader split, long realSize)
    {
        long count = split.ReadNumber();
        if (count > SparseMap.MaximumRanges) throw TarSplitReader.Corrupt("it has an impossible sparse map");
        SparseRange[] ranges = new SparseRange[count];
        for (int i = 0; i < ranges.Length; i++) ranges[i] = new SparseRange(split.ReadNumber(), split.ReadNumber());
        return new SparseMap(realSize, ranges);
    }
}
