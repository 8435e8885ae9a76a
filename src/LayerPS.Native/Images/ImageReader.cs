using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Reads images; a layer that several of them have is read once.</summary>
internal sealed class ImageReader
{
    private readonly StoreLayout _layout;
    private readonly BlobStore _blobs;
    private readonly LayerStore _layers;
    private readonly Lazy<LayerUsage> _usage;
    private readonly Dictionary<string, ImageLayer> _known = [];

    internal ImageReader(StoreLayout layout)
    {
        _layout = layout;
        _blobs = new BlobStore(layout);
        _layers = new LayerStore(layout);
        _usage = new Lazy<LayerUsage>(() => LayerUsage.Read(layout));
    }

    /// <summary>Those with a manifest, sorted by name; then those without names.</summary>
    /// <param name="unreadable">Told of each that cannot be read; without it, the first one is thrown.</param>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal IEnumerable<Image> ReadAll(Action<EngineException>? unreadable = null)
    {
        foreach ((string digest, IReadOnlyList<string> names) in ReferenceTable.Load(_layout).Images)
        {
            Image? image = null;
            try
            {
                image = TryRead(digest, names);
            }
            catch (EngineException e) when (unreadable is not null)
            {
                unreadable(e);
            }

            if (image is not null) yield return image;
        }
    }

    /// <summary>As <see cref="Read"/>; null for an image that another session has removed meanwhile.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal Image? TryRead(string digest, IReadOnlyList<string> names, string? asked = null)
    {
        try
        {
            return Read(digest, names, asked);
        }
        catch (EngineException) when (!ReferenceTable.Load(_layout).Contains(digest))
        {
            return null;
        }
    }

    /// <param name="digest">The manifest's.</param>
    /// <param name="names">All of the image's names.</param>
    /// <param name="asked">The one of them that it was asked for by.</param>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal Image Read(string digest, IReadOnlyList<string> names, string? asked = null)
    {
        ImageManifest manifest = ReadManifest(digest);
        string id = HexOf(manifest.Config.Digest, digest);
        ImageSpec spec = ReadSpec(id);
        List<ImageLayer> layers = [];
        foreach (string diffId in spec.RootFileSystem.DiffIds)
            layers.Add(Layer(LayerStore.ChainId(layers.Count == 0 ? null : layers[^1].Id, HexOf(diffId, id))));
        return new Image(_layout, new ImageContent(digest, manifest, id, spec, layers), names, asked);
    }

    internal ImageManifest ReadManifest(string digest) =>
        ReadBlob(HexOf(digest, _layout.References), ImageJson.Default.ImageManifest);

    internal ImageSpec ReadSpec(string id) => ReadBlob(id, ImageJson.Default.ImageSpec);

    internal ImageLayer Layer(string id)
    {
        if (!_known.TryGetValue(id, out ImageLayer? layer))
            _known.Add(id, layer = new ImageLayer(_layout, _layers.Read(id), _usage));
        return layer;
    }

    private T ReadBlob<T>(string hex, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(_blobs.Read(hex), type) ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw new EngineException(
                EngineErrors.StoreCorrupt, $"The blob '{_layout.Blob(hex)}' is not what it should be: {e.Message}", hex,
                inner: e);
        }
    }

    private static string HexOf(string digest, string where) => ContentDigest.TryGetHex(digest, out string hex)
        ? hex
        : throw new EngineException(
            EngineErrors.StoreCorrupt, $"'{digest}', which '{where}' names, is no SHA-256 digest.", where);
}
