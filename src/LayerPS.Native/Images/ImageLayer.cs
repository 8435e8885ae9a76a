using LayerPS.Images;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>A read-only layer as it was when it was asked for.</summary>
public sealed class ImageLayer
{
    private const int ShortIdLength = 12;
    private readonly StoreLayout _layout;
    private readonly LayerRecord _record;
    private readonly Lazy<LayerUsage> _usage;

    internal ImageLayer(StoreLayout layout, LayerRecord record, Lazy<LayerUsage> usage)
    {
        _layout = layout;
        _record = record;
        _usage = usage;
    }

    /// <summary>
    /// 64 hex digits: the chain id, which stands for this layer on those below it (OCI image-spec, config.md, "Layer
    /// ChainID").
    /// </summary>
    public string Id => _record.Id;

    /// <summary>The first 12 digits of the id.</summary>
    public string ShortId => Id[..ShortIdLength];

    /// <summary>64 hex digits: the SHA-256 of the layer's own tar.</summary>
    public string DiffId => _record.DiffId;

    /// <summary>The id of the layer below; null at the base.</summary>
    public string? Parent => _record.Parent;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created => _record.Created;

    /// <summary>What made it; null when nobody said.</summary>
    public string? CreatedBy => _record.CreatedBy;

    /// <summary>The content of its files, in bytes.</summary>
    public long Size => _record.Size;

    /// <summary>The directory on the host that holds its files.</summary>
    public string Path => _layout.LayerFiles(Id);

    /// <summary>The file with its metadata.</summary>
    public string MetadataPath => _layout.LayerMetadata(Id);

    /// <summary>The images that have it, by name, or by short id where they have none; looked up when first asked for.</summary>
    public IReadOnlyList<string> Images => _usage.Value.ImagesOf(Id);

    /// <summary>The names of the containers that stand on it; looked up when first asked for.</summary>
    public IReadOnlyList<string> Containers => _usage.Value.ContainersOf(Id);

    /// <summary>The same layer as it is now.</summary>
    /// <exception cref="EngineException">LayerNotFound: it was removed.</exception>
    public ImageLayer Refresh() => new LayerCollection(_layout).Get(Id);

    /// <inheritdoc/>
    public override string ToString() => ShortId;
}
