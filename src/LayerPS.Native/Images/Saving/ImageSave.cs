using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Writes images into an archive or a directory, whole or not at all.</summary>
internal sealed class ImageSave(
    StoreLayout layout, ImageSaveOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
{
    /// <exception cref="EngineException">OutputExists, OutputPathInvalid, ImageOptionInvalid, ImageNotFound, StoreCorrupt.</exception>
    internal void Run(IReadOnlyList<Image> images, string path)
    {
        if (options is { Directory: true, Format: ImageSaveFormat.Docker })
            throw new EngineException(
                EngineErrors.ImageOptionInvalid, "A directory is always an OCI layout; docker's form is an archive.", path,
                "Leave out -Format, or -Directory.");
        using OutputPath output = options.Directory
            ? OutputPath.ForDirectory(path, MayReplace)
            : OutputPath.ForFile(path, options.Force, options.NoClobber);
        // What is being read is not removed meanwhile.
        using FileLock kept = ContentLock.Share(layout, cancellationToken);
        IReadOnlyList<SavedImage> saved = SavedImage.Of(layout, images);
        using (SaveTarget target = options.Directory
            ? new DirectoryTarget(output.Temporary)
            : new ArchiveTarget(output.Temporary))
        {
            Write(saved, target);
            target.Complete();
        }

        if (options.Directory) output.CommitDirectory();
        else output.CommitFile();
    }

    private void Write(IReadOnlyList<SavedImage> images, SaveTarget target)
    {
        LayerSaver layers = new(layout, options.Compression, progress, cancellationToken);
        if (options.Format == ImageSaveFormat.Docker)
        {
            new DockerArchiveWriter(layers, (ArchiveTarget)target).Write(images);
            return;
        }

        OciLayoutWriter oci = new(layout, layers, options.Compression, target);
        oci.Write(images);
        if (options.Format != ImageSaveFormat.Combined || options.Directory) return;
        DockerManifestWriter.Write(
            target, images, static image => OciLayoutReader.BlobsFolder + image.Id, oci.FileOf);
    }

    private bool MayReplace(string directory) =>
        options is { Force: true, NoClobber: false } && File.Exists(Path.Combine(directory, OciLayoutReader.LayoutName));
}
