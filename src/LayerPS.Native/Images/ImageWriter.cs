using System.Runtime.InteropServices;
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
    internal Image Write(
        StagedLayer layer, ImageReference? name, ImageConfig config, string createdBy, CancellationToken cancellationToken)
    {
        DateTimeOffset created = DateTimeOffset.UtcNow;
        ImageSpec spec = Describe(layer, config, createdBy, created);
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

    private static ImageSpec Describe(StagedLayer layer, ImageConfig config, string createdBy, DateTimeOffset created) => new()
    {
        Created = created,
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "amd64",
            Architecture.Arm64 => "arm64",
            Architecture other => other.ToString().ToLowerInvariant(),
        },
        Os = "linux",
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
            Config = Descriptor(ImageDescriptor.ConfigurationType, blobs.Write(configuration), configuration.Length),
            Layers = [Descriptor(ImageDescriptor.LayerTarType, layer.DiffId, layer.TarSize)],
        };
        return ContentDigest.Prefix
            + blobs.Write(JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJson.Default.ImageManifest));
    }

    private static ImageDescriptor Descriptor(string mediaType, string hex, long size) =>
        new() { MediaType = mediaType, Digest = ContentDigest.Prefix + hex, Size = size };
}
