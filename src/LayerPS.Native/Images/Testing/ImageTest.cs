using LayerPS.Images;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>
/// Reads images again, all of what they consist of, and compares it with what was recorded. A layer that several images
/// have is read once.
/// </summary>
public sealed class ImageTest
{
    private const int ShortDigestLength = 12;
    private readonly StoreLayout _layout;
    private readonly LayerTest _layers;
    private readonly Dictionary<string, IReadOnlyList<string>> _known = [];

    internal ImageTest(StoreLayout layout)
    {
        _layout = layout;
        _layers = new LayerTest(layout);
    }

    /// <summary>The manifest digests of the images that are meant; also of those that cannot be read.</summary>
    /// <param name="image">As for <see cref="ImageCollection.Get"/>; null for all images.</param>
    /// <exception cref="EngineException">As for <see cref="ImageCollection.Resolve"/>.</exception>
    public IReadOnlyList<string> Find(string? image = null)
    {
        ReferenceTable references = ReferenceTable.Load(_layout);
        if (image is null) return [.. references.Images.Select(static row => row.Digest)];
        ImageReference? name = ImageReference.TryParse(image, out _);
        if (name is { Digest: null } && references.Find(name.ToString()) is { } named) return [named];
        if (references.Contains(image)) return [image];
        if (NamePattern.HasWildcards(image))
        {
            return [.. references.Images
                .Where(row => row.Names.Any(known => NamePattern.MatchesReference(image, known)))
                .Select(static row => row.Digest)];
        }

        Image found = new ImageResolver(_layout).Resolve(image);
        return found.Digest is { } digest
            ? [digest]
            : throw new EngineException(
                EngineErrors.ImageNotFound, $"'{image}' is a layer of other images.", image,
                "Give the layer itself: Get-ImageLayer -Id … | Test-Image");
    }

    /// <summary>One result for the manifest, one for the configuration, one for each layer, the base first.</summary>
    /// <param name="digest">The image's manifest digest.</param>
    /// <param name="progress">Told of the bytes of layers that were read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IEnumerable<ImageTestResult> Run(
        string digest, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ImageReader reader = new(_layout);
        string hex = digest[ContentDigest.Prefix.Length..];
        IReadOnlyList<string> names = ReferenceTable.Load(_layout).NamesOf(digest);
        string name = names.Count > 0 ? names[0] : hex[..ShortDigestLength];
        ImageManifest? manifest = null;
        IReadOnlyList<string> problems = Problems(() => manifest = reader.ReadManifest(digest));
        // Another session may have removed it meanwhile; then there is nothing to say.
        if (problems.Count > 0 && !ReferenceTable.Load(_layout).Contains(digest)) yield break;
        yield return Blob(ImagePart.Manifest, hex, problems);
        if (manifest is null || !ContentDigest.TryGetHex(manifest.Config.Digest, out string id)) yield break;

        ImageSpec? spec = null;
        problems = Problems(() => spec = reader.ReadSpec(id));
        yield return Blob(ImagePart.Config, id, problems);
        if (spec is null) yield break;

        string? below = null;
        foreach (string diffId in spec.RootFileSystem.DiffIds)
        {
            if (!ContentDigest.TryGetHex(diffId, out string layer)) yield break;
            below = LayerStore.ChainId(below, layer);
            ImageTestResult result = RunLayer(below, progress, cancellationToken) with { Image = name };
            if (!result.Valid && !ReferenceTable.Load(_layout).Contains(digest)) yield break;
            yield return result;
        }

        ImageTestResult Blob(ImagePart part, string blob, IReadOnlyList<string> found) =>
            new() { Image = name, Part = part, Id = blob, Path = _layout.Blob(blob), Problems = found };
    }

    /// <summary>The result for one layer.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="progress">Told of its bytes that were read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ImageTestResult RunLayer(
        string id, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!_known.TryGetValue(id, out IReadOnlyList<string>? problems))
            _known.Add(id, problems = _layers.Run(id, progress, cancellationToken));
        return new ImageTestResult { Part = ImagePart.Layer, Id = id, Path = _layout.Layer(id), Problems = problems };
    }

    private static IReadOnlyList<string> Problems(Action read)
    {
        try
        {
            read();
            return [];
        }
        catch (EngineException e)
        {
            return [e.Message];
        }
    }
}
