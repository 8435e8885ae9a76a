using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>Unpacks the tar of a layer or of a root file system.</summary>
internal static class LayerUnpacker
{
    private const long ProgressStep = 1024 * 1024;

    /// <summary>
    /// Writes the files of <paramref name="tar"/> below <paramref name="directory"/>, and into
    /// <paramref name="tarSplit"/> what <see cref="LayerTar.Rebuild"/> needs to write the same tar again.
    /// </summary>
    /// <remarks>
    /// Nothing is synced, and a failure leaves the directory half filled: the caller stages it. Both streams stay open;
    /// <paramref name="tar"/> is read to its end, on another thread. Progress counts bytes of the tar.
    /// </remarks>
    /// <exception cref="EngineException">
    /// ArchiveInvalid: the stream is no whole, consistent tar. ArchiveRefused: it tries to reach outside, to steer the
    /// union mount or to be larger than <paramref name="options"/> allow. Both name the entry.
    /// HostNotSupported: the file system cannot hold an attribute.
    /// </exception>
    /// <exception cref="LinuxException">The directory cannot be written.</exception>
    internal static UnpackedLayer Unpack(
        Stream tar, string directory, Stream tarSplit, UnpackOptions options, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        using SafeFileHandle root = FileTree.OpenDirectory(directory);
        using TarReadAhead input = new(tar, options, cancellationToken);
        using TarSplitWriter split = new(tarSplit, directory);
        TarReader reader = new(input, split, options);
        using LayerExtractor extractor = new(root, reader, split, options);
        long reported = 0;
        while (reader.Next() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            extractor.Extract(entry);
            if (progress is null || input.Position - reported < ProgressStep) continue;
            reported = input.Position;
            progress.Report(reported);
        }
        extractor.Finish();
        split.Complete(input.Position);
        string diffId = input.FinishHash();
        progress?.Report(input.Position);
        return new UnpackedLayer(diffId, extractor.Size, input.Position, reader.Entries);
    }
}
