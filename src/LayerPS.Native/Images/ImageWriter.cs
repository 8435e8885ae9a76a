using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Makes images of what was made here, one at a time.</summary>
internal sealed class ImageWriter(StoreLayout layout)
{
    /// <summary>Makes the layer and an image of it alone, visible together and durable.</summary>
    /// <param name="layer">The layer, unpacked.</param>
    /// <param name="name">The image's name; null for none. Another image that has it loses it.</param>
    /// <param name="config">What its containers run with.</param>
    /// <param name="createdBy">What was done, for its history.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <param name="platform">What its programs run on; null for this machine.</param>
    internal Image Write(
        StagedLayer layer, ImageReference? name, ImageConfig config, string createdBy, CancellationToken cancellationToken,
        ImagePlatform? platform = null)
    {
        ImageHistory step = new() { Created = DateTimeOffset.UtcNow, CreatedBy = createdBy };
        return WriteStep(ImageBase.Nothing(platform ?? ImagePlatform.Host), layer, name, config, step, null, cancellationToken);
    }

    /// <summary>Makes an image of what lies below and of one step more, visible together with its layer and durable.</summary>
    /// <param name="below">What it stands on; the caller keeps it from being removed.</param>
    /// <param name="layer">The step's layer, unpacked; null for a step that only changes the configuration.</param>
    /// <param name="name">The image's name; null for none. Another image that has it loses it.</param>
    /// <param name="config">What its containers run with.</param>
    /// <param name="step">The step, with its time.</param>
    /// <param name="author">Who made the image; null when nobody says.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    internal Image WriteStep(
        ImageBase below, StagedLayer? layer, ImageReference? name, ImageConfig config, ImageHistory step, string? author,
        CancellationToken cancellationToken)
    {
        ImageSpec spec = below.Spec with
        {
            Created = step.Created,
            Author = author,
            Config = config.ToExecution(),
            RootFileSystem = new ImageRootFileSystem
            {
                Type = "layers",
                DiffIds = [.. below.Spec.RootFileSystem.DiffIds, .. Digests(layer)],
            },
            History = [.. below.History, step with { EmptyLayer = layer is null }],
        };
        // Most of what there is to sync, before others have to wait for it.
        layer?.Sync();
        using FileLock held = ReferenceTable.Lock(layout, cancellationToken);
        string digest = WriteBlobs(below, layer, spec);
        // The sync of the layer, or of all, takes the blobs with it, and the table comes last: what it names is durable.
        if (layer is null) FileSystems.SyncAll(layout.Blobs);
        else layer.Publish(step.CreatedBy ?? "", step.Created!.Value);
        ReferenceTable references = ReferenceTable.Load(layout);
        references.Set(name?.ToString(), digest);
        references.Save(layout);
        return new ImageReader(layout).Read(digest, references.NamesOf(digest), name?.ToString());
    }

    private string WriteBlobs(ImageBase below, StagedLayer? layer, ImageSpec spec)
    {
        BlobStore blobs = new(layout);
        byte[] configuration = JsonSerializer.SerializeToUtf8Bytes(spec, ImageJson.Default.ImageSpec);
        IEnumerable<ImageDescriptor> own =
            layer is null ? [] : [ImageDescriptor.Of(ImageDescriptor.LayerTarType, layer.DiffId, layer.TarSize)];
        ImageManifest manifest = new()
        {
            SchemaVersion = 2,
            MediaType = ImageDescriptor.ManifestType,
            Config = ImageDescriptor.Of(ImageDescriptor.ConfigurationType, blobs.Write(configuration), configuration.Length),
            Layers = [.. below.Layers, .. own],
            Annotations = below.Digest is null
                ? null
                : new Dictionary<string, string> { [ImageManifest.BaseDigestAnnotation] = below.Digest },
        };
        return ContentDigest.Prefix
            + blobs.Write(JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJson.Default.ImageManifest));
    }

    private static IEnumerable<string> Digests(StagedLayer? layer) =>
        layer is null ? [] : [ContentDigest.Prefix + layer.DiffId];
}
