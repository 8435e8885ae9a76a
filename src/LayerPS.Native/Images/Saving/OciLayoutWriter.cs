using System.Text.Json;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Writes images as an OCI layout (image-spec, image-layout.md).</summary>
internal sealed class OciLayoutWriter(StoreLayout layout, LayerSaver layers, LayerCompression compression, SaveTarget target)
{
    private readonly Dictionary<string, SavedLayer> _saved = [];

    /// <summary>The name of a layer's file, once it is written.</summary>
    internal string FileOf(ImageLayer layer) => OciLayoutReader.BlobsFolder + _saved[layer.DiffId].Hex;

    internal void Write(IReadOnlyList<SavedImage> images)
    {
        if (target is ArchiveTarget archive)
        {
            archive.WriteDirectory("blobs/");
            archive.WriteDirectory(OciLayoutReader.BlobsFolder);
        }

        foreach (ImageLayer layer in images.SelectMany(static image => image.Image.Layers))
            if (!_saved.ContainsKey(layer.DiffId)) Write(layer);
        ImageIndex index = new()
        {
            SchemaVersion = 2,
            MediaType = ImageDescriptor.IndexType,
            Manifests = [.. images.SelectMany(Describe)],
        };
        target.Write(
            OciLayoutReader.IndexName, JsonSerializer.SerializeToUtf8Bytes(index, ImageJson.Default.ImageIndex));
        target.Write(OciLayoutReader.LayoutName, "{\"imageLayoutVersion\":\"1.0.0\"}"u8.ToArray());
    }

    private void Write(ImageLayer layer) => target.WriteStream(file =>
    {
        SavedLayer saved = layers.Write(layer, file);
        _saved.Add(layer.DiffId, saved);
        return OciLayoutReader.BlobsFolder + saved.Hex;
    });

    // One row for each name, as the format has it.
    private IEnumerable<ImageDescriptor> Describe(SavedImage image)
    {
        WriteBlob(image.Configuration);
        byte[] manifest = ManifestOf(image);
        ImageDescriptor one = ImageDescriptor.Of(ImageDescriptor.ManifestType, WriteBlob(manifest), manifest.Length) with
        {
            Platform = ImagePlatform.Of(image.Image.Content.Spec),
        };
        if (image.Names.Count == 0) return [one];
        return image.Names.Select(name => one with
        {
            Annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                [ImageAnnotation.ContainerdName] = OciImageName.Lengthen(name),
                [ImageAnnotation.ReferenceName] = name,
            },
        });
    }

    private byte[] ManifestOf(SavedImage image)
    {
        ImageManifest former = image.Image.Content.Manifest;
        string type = compression switch
        {
            LayerCompression.Gzip => ImageDescriptor.LayerTarType + "+gzip",
            LayerCompression.Zstd => ImageDescriptor.LayerTarType + "+zstd",
            _ => ImageDescriptor.LayerTarType,
        };
        ImageDescriptor[] written =
        [
            .. image.Image.Layers.Select(layer => _saved[layer.DiffId])
                .Select(saved => ImageDescriptor.Of(type, saved.Hex, saved.Size)),
        ];
        // The manifest that came names what is written now: then it goes as it came, with its digest.
        bool fits = image.Image.Digest is not null && former.MediaType is null or ImageDescriptor.ManifestType
            && former.Layers.Select(static layer => layer.Digest).SequenceEqual(written.Select(static layer => layer.Digest));
        if (fits && ContentDigest.TryGetHex(image.Image.Digest, out string hex)) return new BlobStore(layout).Read(hex);
        ImageManifest manifest = new()
        {
            SchemaVersion = 2,
            MediaType = ImageDescriptor.ManifestType,
            Config = ImageDescriptor.Of(ImageDescriptor.ConfigurationType, image.Id, image.Configuration.Length),
            Layers = written,
            Annotations = former.Annotations,
        };
        return JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJson.Default.ImageManifest);
    }

    private string WriteBlob(byte[] content)
    {
        string hex = ContentDigest.HexOf(content);
        target.Write(OciLayoutReader.BlobsFolder + hex, content);
        return hex;
    }
}
