using System.Text;
using LayerPS.Archives;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>Tells by content whether something holds images, and in which of the formats.</summary>
internal static class ImageArchiveFormat
{
    /// <summary>The images; null where it is no archive of images.</summary>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused, ArchiveUnsupported, ImagePlatformNotFound.</exception>
    internal static IReadOnlyList<ArchivedImage>? TryRead(
        ImageFiles files, ImagePlatform? platform, CancellationToken cancellationToken)
    {
        bool isDocker = files.StartsWith(DockerArchiveReader.ManifestName, '[');
        bool isOci = files.StartsWith(OciLayoutReader.LayoutName, '{')
            && (!isDocker || files.StartsWith(OciLayoutReader.IndexName, '{'));
        if (isOci) return new OciLayoutReader(files, platform).Read();
        if (isDocker) return new DockerArchiveReader(files).Read();
        return LegacyArchiveReader.Recognizes(files) ? new LegacyArchiveReader(files, cancellationToken).Read() : null;
    }

    /// <summary>
    /// The files of a plain tar that begins as archives of images do; null for any other. A root file system, with its
    /// thousands of names, is not read twice by this.
    /// </summary>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused.</exception>
    internal static ImageFiles? TryIndex(SafeFileHandle archive)
    {
        byte[] start = new byte[TarHeader.Size];
        bool isTar = RandomAccess.Read(archive, start, 0) == start.Length && TarHeader.LooksLikeTar(start);
        return isTar && BeginsAsImages(archive) ? new IndexedImageFiles(new TarIndex(archive)) : null;
    }

    private static bool BeginsAsImages(SafeFileHandle archive)
    {
        TarIndexReader reader = new(archive);
        try
        {
            byte[] name = [];
            while (name.Length == 0)
            {
                if (reader.Next() is not { } entry) return false;
                name = EntryName.Normalize(entry.Name);
            }

            return IsNameOfImages(ByteText.Display(name));
        }
        catch (EngineException)
        {
            // Whoever unpacks it as a root file system finds the fault again.
            return false;
        }
    }

    // What docker, podman, skopeo, containerd, crane and their like put first.
    private static bool IsNameOfImages(string name)
    {
        string first = name.Split('/')[0];
        return first is "blobs" or OciLayoutReader.LayoutName or OciLayoutReader.IndexName
                or DockerArchiveReader.ManifestName or DockerManifestWriter.RepositoriesName or "config.json"
            || DockerArchiveReader.DigestInName(Path.GetFileNameWithoutExtension(first)) is not null
            || DockerArchiveReader.DigestInName(first) is not null
            || first.EndsWith(".tar", StringComparison.Ordinal) || first.EndsWith(".tar.gz", StringComparison.Ordinal);
    }
}
