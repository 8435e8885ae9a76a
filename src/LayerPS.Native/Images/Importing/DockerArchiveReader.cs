using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Reads the images of an archive that has a <c>manifest.json</c>, as 'docker save' writes it since 1.10.</summary>
internal sealed class DockerArchiveReader(ImageFiles files)
{
    internal const string ManifestName = "manifest.json";

    private const int MaximumImages = 10_000;

    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused.</exception>
    internal IReadOnlyList<ArchivedImage> Read() => [.. Descriptions(files).Select(Read)];

    /// <summary>What <c>manifest.json</c> says.</summary>
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused.</exception>
    internal static IReadOnlyList<DockerArchiveImage> Descriptions(ImageFiles files)
    {
        DockerArchiveImage?[] images = [.. files.ReadJson(ManifestName, ImageJson.Default.ListDockerArchiveImage)];
        if (images.Length == 0 || images.Contains(null)) throw ArchiveErrors.Invalid($"its {ManifestName} names no images");
        return images.Length <= MaximumImages
            ? images.OfType<DockerArchiveImage>().ToArray()
            : throw new EngineException(
                EngineErrors.ArchiveRefused, $"The archive was refused: it has more than {MaximumImages} images.");
    }

    /// <summary>The hex digits that a file is named by: <c>hex</c>, <c>hex.json</c>, <c>sha256:hex</c>; null for others.</summary>
    internal static string? DigestInName(string name)
    {
        string leaf = name[(name.LastIndexOf('/') + 1)..];
        if (leaf.EndsWith(".json", StringComparison.Ordinal)) leaf = leaf[..^".json".Length];
        if (leaf.StartsWith(ContentDigest.Prefix, StringComparison.Ordinal)) leaf = leaf[ContentDigest.Prefix.Length..];
        return ContentDigest.IsHex(leaf) ? leaf : null;
    }

    /// <summary>The names of an image in the archive.</summary>
    /// <exception cref="EngineException">ArchiveInvalid: one of them is no name.</exception>
    internal static IReadOnlyList<string> NamesOf(DockerArchiveImage image)
    {
        List<string> names = [];
        foreach (string? name in image.RepoTags ?? [])
        {
            string fault = "it is null";
            ImageReference? reference = name is null ? null : ImageReference.TryParse(name, out fault);
            if (reference is null) throw ArchiveErrors.Invalid($"it calls an image '{name}', which is no name: {fault}");
            if (reference.Digest is null) names.Add(reference.ToString());
        }

        return names;
    }

    private ArchivedImage Read(DockerArchiveImage image)
    {
        byte[] configuration = files.Read(image.Config);
        string id = ContentDigest.HexOf(configuration);
        if (DigestInName(image.Config) is { } named && named != id)
            throw ArchiveErrors.Invalid($"'{image.Config}' has the digest sha256:{id}, not that of its name");
        ImageSpec spec = ImageSpecReader.Read(image.Config, configuration);
        IReadOnlyList<string> diffIds = ImageSpecReader.DiffIdsOf(spec);
        IReadOnlyList<string?> layers = image.Layers ?? [];
        if (layers.Count != diffIds.Count || layers.Contains(null))
            throw ArchiveErrors.Invalid(
                $"it names {layers.Count} files for the {diffIds.Count} layers of the image '{image.Config}'");
        IReadOnlyList<ArchivedLayer> archived =
            [.. layers.Select((file, i) => new ArchivedLayer(file!, diffIds[i], null, null))];
        return new ArchivedImage(id, configuration, spec, null, NamesOf(image), archived);
    }
}
