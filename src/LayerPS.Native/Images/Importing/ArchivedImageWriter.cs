using System.Text.Json;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Makes images of what an archive has: all of them together, or none.</summary>
internal sealed class ArchivedImageWriter(StoreLayout layout, ImageFiles files, IProgress<long>? progress)
{
    /// <exception cref="EngineException">ArchiveInvalid, ArchiveRefused, HostNotSupported.</exception>
    internal IReadOnlyList<Image> Write(IReadOnlyList<ArchivedImage> images, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlannedLayer> layers = PlannedLayer.Of(images);
        using LayerStaging staging = new(layout, files, progress);
        staging.StageMissing(layers, cancellationToken);
        staging.Sync(layers);

        // What was stored a moment ago may have been removed; from here on nothing is.
        using FileLock kept = ContentLock.Share(layout, cancellationToken);
        staging.StageMissing(layers, cancellationToken);
        staging.Sync(layers);
        using FileLock held = ReferenceTable.Lock(layout, cancellationToken);
        ReferenceTable references = ReferenceTable.Load(layout);
        Dictionary<string, string> known = KnownManifests(references);
        string[] digests = [.. images.Select(image => known.GetValueOrDefault(image.Id) ?? WriteBlobs(image, staging))];
        staging.Publish(layers);
        for (int i = 0; i < digests.Length; i++)
        {
            references.Set(null, digests[i]);
            foreach (string name in images[i].Names) references.Set(name, digests[i]);
        }

        references.Save(layout);
        ImageReader reader = new(layout);
        return [.. digests.Select((digest, i) =>
            reader.Read(digest, references.NamesOf(digest), images[i].Names is [var first, ..] ? first : null))];
    }

    // The same image may come by another manifest, packed in another way; it is one image all the same.
    private Dictionary<string, string> KnownManifests(ReferenceTable references)
    {
        ImageReader reader = new(layout);
        Dictionary<string, string> known = [];
        foreach ((string digest, _) in references.Images)
        {
            try
            {
                known.TryAdd(reader.ReadManifest(digest).Config.Digest[ContentDigest.Prefix.Length..], digest);
            }
            catch (EngineException)
            {
                // A damaged image is not found again, and not in the way either.
            }
        }

        return known;
    }

    private string WriteBlobs(ArchivedImage image, LayerStaging staging)
    {
        BlobStore blobs = new(layout);
        blobs.Write(image.Configuration);
        return ContentDigest.Prefix + blobs.Write(image.Manifest ?? MakeManifest(image, staging));
    }

    private static byte[] MakeManifest(ArchivedImage image, LayerStaging staging)
    {
        ImageManifest manifest = new()
        {
            SchemaVersion = 2,
            MediaType = ImageDescriptor.ManifestType,
            Config = ImageDescriptor.Of(ImageDescriptor.ConfigurationType, image.Id, image.Configuration.Length),
            Layers =
            [
                .. PlannedLayer.Of([image]).Select(layer => ImageDescriptor.Of(
                    ImageDescriptor.LayerTarType, layer.Source.DiffId, staging.TarSizeOf(layer.Id))),
            ],
        };
        return JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJson.Default.ImageManifest);
    }
}
