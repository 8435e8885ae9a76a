using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>Makes images of an archive, whichever of the formats it is.</summary>
internal sealed class ImageImport(StoreLayout layout, ImageImportOptions options, IProgress<long>? progress)
{
    private readonly ImagePlatform? _platform = options.Platform is null ? null : ImagePlatform.Parse(options.Platform);
    private readonly ImageReference? _name = ImageReference.ParseName(options.Name);

    /// <exception cref="EngineException">
    /// ImageSourceNotFound, ImageOptionInvalid, ImagePlatformNotFound, ArchiveInvalid, ArchiveRefused,
    /// ArchiveUnsupported, HostNotSupported.
    /// </exception>
    internal IReadOnlyList<Image> Run(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path)) return FromDirectory(path, cancellationToken);
        using FileStream archive = Open(path);
        if (archive.CanSeek && ImageArchiveFormat.TryIndex(archive.SafeFileHandle) is { } indexed
            && TryImport(indexed, path, cancellationToken) is { } images) return images;

        using RootFileSystemImport root = new(layout, archive, progress, cancellationToken);
        using UnpackedImageFiles unpacked = new(root.Files);
        return TryImport(unpacked, path, cancellationToken)
            ?? [root.Write(_name, path, options.Config ?? new(), _platform, cancellationToken)];
    }

    private IReadOnlyList<Image> FromDirectory(string path, CancellationToken cancellationToken)
    {
        using UnpackedImageFiles files = new(path);
        return TryImport(files, path, cancellationToken) ?? throw new EngineException(
            EngineErrors.ImageSourceNotFound, $"'{path}' is a directory, and no OCI layout.", path,
            "Use New-Image -FromDirectory for a directory with the files of a root file system.");
    }

    private IReadOnlyList<Image>? TryImport(ImageFiles files, string source, CancellationToken cancellationToken)
    {
        if (ImageArchiveFormat.TryRead(files, _platform, cancellationToken) is not { } images) return null;
        foreach (ArchivedImage image in images)
        {
            ImagePlatform made = ImagePlatform.Of(image.Spec);
            if (_platform?.Takes(made) == false) throw ImagePlatform.Missing(_platform, [made]);
        }

        if (options.Config is { IsEmpty: false })
            throw new EngineException(
                EngineErrors.ImageOptionInvalid,
                $"'{source}' is an archive of images, which say themselves what their containers run with.", source,
                "Leave out -Command, -Environment and the like; they are for the tar of a root file system.");
        if (_name is not null)
        {
            if (images.Count > 1)
                throw new EngineException(
                    EngineErrors.ImageOptionInvalid,
                    $"'{source}' has {images.Count} images; they cannot all be called '{_name}'.", source,
                    "Leave out -Name, and give names afterwards with Add-ImageTag.");
            images = [images[0] with { Names = [_name.ToString()] }];
        }

        return new ArchivedImageWriter(layout, files, progress).Write(images, cancellationToken);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EngineException(EngineErrors.ImageSourceNotFound, $"There is no file '{path}'.", path, inner: e);
        }
    }
}
