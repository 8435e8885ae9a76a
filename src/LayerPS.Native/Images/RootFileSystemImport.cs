using LayerPS.Archives;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>Makes an image of the tar of a root file system.</summary>
internal sealed class RootFileSystemImport(StoreLayout layout)
{
    /// <exception cref="EngineException">
    /// ArchiveInvalid, ArchiveRefused, HostNotSupported; ArchiveUnsupported: it is an archive of whole images.
    /// </exception>
    internal Image Import(
        Stream archive, ImageReference? name, string source, ImageConfig config, IProgress<long>? progress,
        CancellationToken cancellationToken)
    {
        using DecodedStream decoded = Compression.OpenRead(archive, leaveOpen: true);
        UnpackOptions options = UnpackOptions.RootFileSystem;
        if (decoded.Kind != CompressionKind.None)
            options = options with { CompressedBytes = () => decoded.CompressedBytes };
        IProgress<long>? read = progress is null ? null : new ReadProgress(progress, decoded);
        using StagedLayer layer = new LayerStore(layout).Stage(decoded.Content, null, options, read, cancellationToken);
        RefuseImageArchive(layer.Files, source);
        return new ImageWriter(layout).Write(layer, name, config, $"Import-Image {source}", cancellationToken);
    }

    // An archive of images unpacks as well as any other, to a root file system of blobs in which nothing can run.
    private static void RefuseImageArchive(string files, string source)
    {
        using SafeFileHandle root = FileTree.OpenDirectory(files);
        string? format = StartsWith(root, "oci-layout"u8, (byte)'{') ? "an OCI image layout"
            : StartsWith(root, "manifest.json"u8, (byte)'[') ? "an archive of images as 'docker save' writes it"
            : null;
        if (format is null) return;
        throw new EngineException(
            EngineErrors.ArchiveUnsupported,
            $"'{source}' is {format}; only the tar of a root file system can be imported so far.", source);
    }

    private static bool StartsWith(SafeFileHandle directory, ReadOnlySpan<byte> name, byte first)
    {
        if (FileTree.TryOpenFile(directory, name, out SafeFileHandle? file) != 0) return false;
        using (file)
        {
            byte read = 0;
            return FileStatus.Of(file!).IsRegularFile && FileContent.Read(file!, new Span<byte>(ref read)) == 1 && read == first;
        }
    }
}
