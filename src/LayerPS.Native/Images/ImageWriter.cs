using System.Text.Json;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Makes images of one layer.</summary>
internal sealed class ImageWriter(StoreLayout layout)
{
    /// <summary>Makes the layer and an image of it, visible together and durable.</summary>
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
        DateTimeOffset created = DateTimeOffset.UtcNow;
        ImageSpec spec = Describe(layer, config, createdBy, created, platform ?? ImagePlatform.Host);
        // Most of what there is to sync, before others have to wait for it.
        layer.Sync();
        using FileLock held = ReferenceTable.Lock(layout, cancellationToken);
        string digest = WriteBlobs(layer, spec);
        // The layer's sync takes the blobs with it, and the table comes last: what it names is there and durable.
        layer.Publish(createdBy, created);
        ReferenceTable references = ReferenceTable.Load(layout);
        references.Set(name?.ToString(), digest);
        references.Save(layout);
        return new ImageReader(layout).Read(digest, references.NamesOf(digest), name?.ToString());
    }

    private static ImageSpec Describe(
        StagedLayer layer, ImageConfig config, string createdBy, DateTimeOffset created, ImagePlatform platform) => new()
    {
        Created = created,
        Architecture = platform.Architecture,
        Variant = platform.Variant,
        Os = platform.Os,
        Config = config.ToExecution(),
        RootFileSystem = new ImageRootFileSystem { Type = "layers", DiffIds = [ContentDigest.Prefix + layer.DiffId] },
        History = [new ImageHistory { Created = created, CreatedBy = createdBy }],
    };

    private string WriteBlobs(StagedLayer layer, ImageSpec spec)
    {
        BlobStore blobs = new(layout);
        byte[] configuration = JsonSerializer.SerializeToUtf8Bytes(spec, ImageJson.Default.ImageSpec);
        ImageManifest manifest = new()
        {
            SchemaVersion = 2,
            MediaType = ImageDescriptor.ManifestType,
            Config = ImageDescriptor.Of(ImageDescriptor.ConfigurationType, blobs.Write(configuration), configuration.Length),
            Layers = [ImageDescriptor.Of(ImageDescriptor.LayerTarType, layer.DiffId, layer.TarSize)],
        };
        return ContentDigest.Prefix
            + blobs.Write(JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJson.Default.ImageManifest));
    }
}
