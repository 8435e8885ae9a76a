using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Reads the images of an OCI layout (image-spec, image-layout.md). Every blob of metadata is compared with its digest.</summary>
internal sealed class OciLayoutReader(ImageFiles files, ImagePlatform? platform)
{
    internal const string LayoutName = "oci-layout", IndexName = "index.json", BlobsFolder = "blobs/sha256/";

    // An index in an index in an index: more has no meaning, and digests keep it from being endless.
    private const int MaximumDepth = 4;

    private const int MaximumImages = 10_000;

    private readonly Dictionary<string, byte[]> _metadata = [];

    /// <exception cref="EngineException">
    /// ArchiveInvalid, ArchiveRefused, ArchiveUnsupported; ImagePlatformNotFound: nothing in it is for that platform.
    /// </exception>
    internal IReadOnlyList<ArchivedImage> Read()
    {
        ImageIndex index = files.ReadJson(IndexName, ImageJson.Default.ImageIndex);
        Dictionary<string, ArchivedImage> images = [];
        ILookup<string, string> dockerNames = DockerNames();
        foreach (IReadOnlyList<ImageDescriptor> variants in Group(Images(index)))
        {
            ArchivedImage image = Read(Choose(variants, 0));
            IReadOnlyList<string> names = dockerNames.Contains(image.Id)
                ? [.. dockerNames[image.Id]]
                : [.. variants.Select(OciImageName.Of).OfType<string>()];
            if (images.TryGetValue(image.Id, out ArchivedImage? known)) names = [.. known.Names, .. names];
            images[image.Id] = image with { Names = [.. names.Distinct()] };
        }

        return images.Count > 0 ? [.. images.Values] : throw ArchiveErrors.Invalid($"its {IndexName} names no images");
    }

    private ILookup<string, string> DockerNames()
    {
        IReadOnlyList<DockerArchiveImage> described =
            files.Contains(DockerArchiveReader.ManifestName) ? DockerArchiveReader.Descriptions(files) : [];
        return described
            .SelectMany(DockerArchiveReader.NamesOf, static (image, name) => (image.Config, Name: name))
            .ToLookup(static row => DockerArchiveReader.DigestInName(row.Config) ?? row.Config, static row => row.Name);
    }

    // Several with the same name, but each for a platform of its own, are one image. Those without names may be, too; they
    // are taken for it where a platform is asked for.
    private IEnumerable<IReadOnlyList<ImageDescriptor>> Group(IReadOnlyList<ImageDescriptor> descriptors)
    {
        foreach (IGrouping<string?, ImageDescriptor> named in descriptors.GroupBy(OciImageName.Of))
        {
            ImageDescriptor[] group = [.. named];
            bool isOne = (named.Key is not null || platform is not null) && group.All(static one => one.Platform is not null)
                && group.DistinctBy(static one => one.Platform).Count() == group.Length;
            if (isOne) yield return group;
            else foreach (ImageDescriptor one in group) yield return [one];
        }
    }

    private ImageDescriptor Choose(IReadOnlyList<ImageDescriptor> variants, int depth)
    {
        ImageDescriptor chosen = variants is [var only] ? only : ForPlatform(variants);
        if (!chosen.IsIndex) return chosen;
        if (depth == MaximumDepth) throw Refused($"its indexes lie in each other more than {MaximumDepth} deep");
        ImageIndex index = ImageFiles.ParseJson(chosen.Digest, Metadata(chosen), ImageJson.Default.ImageIndex);
        IReadOnlyList<ImageDescriptor> inside = Images(index);
        return inside.Count > 0
            ? Choose(inside.Count > 1 || platform is not null ? [ForPlatform(inside)] : inside, depth + 1)
            : throw ArchiveErrors.Invalid($"the index '{chosen.Digest}' names no images");
    }

    private ImageDescriptor ForPlatform(IReadOnlyList<ImageDescriptor> variants)
    {
        ImagePlatform wanted = platform ?? ImagePlatform.Host;
        // An index in an index says nothing about its platforms, but those inside do.
        return variants.Where(one => one.Platform is not null && wanted.Takes(one.Platform))
                .OrderByDescending(one => one.Platform!.Variant == wanted.Variant).FirstOrDefault()
            ?? variants.FirstOrDefault(static one => one.Platform is null)
            ?? throw ImagePlatform.Missing(wanted, variants.Select(static one => one.Platform!));
    }

    private ArchivedImage Read(ImageDescriptor descriptor)
    {
        byte[] content = Metadata(descriptor);
        ImageManifest manifest = ImageFiles.ParseJson(descriptor.Digest, content, ImageJson.Default.ImageManifest);
        if (manifest.SchemaVersion != 2) throw Unsupported($"a manifest of the version {manifest.SchemaVersion}");
        if (!manifest.Config.IsImageConfiguration) throw Unsupported($"'{manifest.Config.MediaType}', which is no image");
        byte[] configuration = Metadata(manifest.Config);
        ImageSpec spec = ImageSpecReader.Read(manifest.Config.Digest, configuration);
        IReadOnlyList<string> diffIds = ImageSpecReader.DiffIdsOf(spec);
        IReadOnlyList<ImageDescriptor?> layers = manifest.Layers;
        if (layers.Count != diffIds.Count || layers.Contains(null))
            throw ArchiveErrors.Invalid(
                $"the manifest '{descriptor.Digest}' has {layers.Count} layers, and its configuration {diffIds.Count}");
        return new ArchivedImage(
            HexOf(manifest.Config), configuration, spec, content, [],
            [.. layers.Select((layer, i) => new ArchivedLayer(FileOf(layer!), diffIds[i], HexOf(layer!), layer!.Size))]);
    }

    private byte[] Metadata(ImageDescriptor descriptor)
    {
        string file = FileOf(descriptor);
        if (_metadata.TryGetValue(file, out byte[]? known)) return known;
        byte[] content = files.Read(file);
        if (content.Length != descriptor.Size)
            throw ArchiveErrors.Invalid($"'{file}' has {content.Length} bytes, not {descriptor.Size} as declared");
        string found = ContentDigest.HexOf(content);
        if (found != HexOf(descriptor)) throw ArchiveErrors.Invalid($"'{file}' has the digest sha256:{found}");
        return _metadata[file] = content;
    }

    private static IReadOnlyList<ImageDescriptor> Images(ImageIndex index)
    {
        IReadOnlyList<ImageDescriptor?> all = index.Manifests;
        if (all.Contains(null)) throw ArchiveErrors.Invalid("an index has null where a manifest belongs");
        return all.Count <= MaximumImages
            ? [.. all.Where(static one => one!.IsImage)!]
            : throw Refused($"it has more than {MaximumImages} images");
    }

    private static string FileOf(ImageDescriptor descriptor) => BlobsFolder + HexOf(descriptor);

    private static string HexOf(ImageDescriptor descriptor) => ContentDigest.TryGetHex(descriptor.Digest, out string hex)
        ? hex
        : throw Unsupported($"the digest '{descriptor.Digest}', which is not SHA-256");

    private static EngineException Unsupported(string what) =>
        new(EngineErrors.ArchiveUnsupported, $"The archive has {what}.");

    private static EngineException Refused(string why) =>
        new(EngineErrors.ArchiveRefused, $"The archive was refused: {why}.");
}
