using System.IO.Compression;
using LayerPS.Archives;
using LayerPS.Storage;
using ZstdSharp;

namespace LayerPS.Images;

/// <summary>Writes the tar of a layer, byte for byte as it came, packed where that is wanted.</summary>
internal sealed class LayerSaver(
    StoreLayout layout, LayerCompression compression, IProgress<long>? progress, CancellationToken cancellationToken)
{
    // zstd's own default.
    private const int ZstdLevel = 3;

    private long _done;

    /// <exception cref="EngineException">StoreCorrupt: the layer is not what it was.</exception>
    internal SavedLayer Write(ImageLayer layer, Stream destination)
    {
        if (compression == LayerCompression.None)
        {
            long size = WriteTar(layer, destination);
            return new SavedLayer(layer.DiffId, size);
        }

        using HashedOutput packed = new(destination);
        using (Stream encoder = compression == LayerCompression.Gzip
            ? new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)
            : new CompressionStream(packed, ZstdLevel, leaveOpen: true))
            WriteTar(layer, encoder);
        return new SavedLayer(packed.Finish(), packed.Count);
    }

    /// <returns>The length of the tar.</returns>
    private long WriteTar(ImageLayer layer, Stream destination)
    {
        using HashedOutput tar = new(destination, count => progress?.Report(_done += count));
        using (FileStream split = File.OpenRead(layout.LayerTarSplit(layer.Id)))
            LayerTar.Rebuild(layout.LayerFiles(layer.Id), split, tar, cancellationToken);
        return tar.Finish() == layer.DiffId
            ? tar.Count
            : throw new EngineException(
                EngineErrors.StoreCorrupt,
                $"The files of the layer '{layer.Path}' are not what they were when it was made.", layer.Id);
    }
}
