using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>An archive, unpacked out of sight as the tar of a root file system. It goes when no image is made of it.</summary>
internal sealed class RootFileSystemImport : IDisposable
{
    private readonly StoreLayout _layout;
    private readonly StagedLayer _layer;

    /// <param name="layout">The store.</param>
    /// <param name="archive">Plain, gzip, bzip2, zstd or xz; read from where it stands to its end.</param>
    /// <param name="progress">Told of the bytes of the archive that were read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused, HostNotSupported.</exception>
    internal RootFileSystemImport(
        StoreLayout layout, Stream archive, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        _layout = layout;
        using DecodedStream decoded = Compression.OpenRead(archive, leaveOpen: true);
        UnpackOptions options = UnpackOptions.RootFileSystem;
        if (decoded.Kind != CompressionKind.None)
            options = options with { CompressedBytes = () => decoded.CompressedBytes };
        IProgress<long>? read = progress is null ? null : new ReadProgress(progress, decoded);
        _layer = new LayerStore(layout).Stage(decoded.Content, null, options, read, cancellationToken);
    }

    /// <summary>Where its files are.</summary>
    internal string Files => _layer.Files;

    /// <summary>Makes an image of it.</summary>
    internal Image Write(
        ImageReference? name, string source, ImageConfig config, ImagePlatform? platform,
        CancellationToken cancellationToken) =>
        new ImageWriter(_layout).Write(_layer, name, config, $"Import-Image {source}", cancellationToken, platform);

    public void Dispose() => _layer.Dispose();
}
