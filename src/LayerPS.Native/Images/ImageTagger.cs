using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Gives images names and takes them away.</summary>
internal sealed class ImageTagger(StoreLayout layout)
{
    /// <exception cref="EngineException">ImageNotFound: it was removed meanwhile.</exception>
    internal Image Add(Image image, ImageReference name, CancellationToken cancellationToken)
    {
        using FileLock kept = ContentLock.Share(layout, cancellationToken);
        using FileLock held = ReferenceTable.Lock(layout, cancellationToken);
        ReferenceTable references = ReferenceTable.Load(layout);
        string digest = image.Digest ?? WriteManifest(image.Refresh());
        if (image.Digest is not null && !references.Contains(digest))
            throw new EngineException(EngineErrors.ImageNotFound, $"The image '{image}' was removed.", image.ToString());
        if (references.Find(name.ToString()) != digest)
        {
            references.Set(name.ToString(), digest);
            references.Save(layout);
        }

        return new ImageReader(layout).Read(digest, references.NamesOf(digest), name.ToString());
    }

    /// <returns>The image, which may have no name any more.</returns>
    /// <exception cref="EngineException">ImageNotFound: no image has that name; StoreCorrupt.</exception>
    internal Image Remove(ImageReference name, CancellationToken cancellationToken)
    {
        using FileLock held = ReferenceTable.Lock(layout, cancellationToken);
        ReferenceTable references = ReferenceTable.Load(layout);
        if (references.Find(name.ToString()) is not { } digest)
            throw new ImageResolver(layout).Missing(name.ToString(), name.ToString());
        references.Unset(name.ToString());
        Image image = new ImageReader(layout).Read(digest, references.NamesOf(digest));
        references.Save(layout);
        return image;
    }

    /// <summary>Those it was asked for by; all where it was found in another way.</summary>
    internal static IReadOnlyList<string> NamesMeantBy(Image image) =>
        image.Asked.Count > 0 ? image.Asked : image.References;

    /// <summary>Takes these names away, as far as they still are that image's.</summary>
    /// <exception cref="EngineException">ImageNotFound: none of them is; StoreCorrupt.</exception>
    internal Image Remove(Image image, CancellationToken cancellationToken)
    {
        using FileLock held = ReferenceTable.Lock(layout, cancellationToken);
        ReferenceTable references = ReferenceTable.Load(layout);
        string[] names = [.. NamesMeantBy(image).Where(name => references.Find(name) == image.Digest)];
        if (image.Digest is not { } digest || names.Length == 0)
        {
            throw new EngineException(
                EngineErrors.ImageNotFound, $"'{image}' is no name of the image {image.ShortId} any more.",
                image.ToString());
        }

        foreach (string name in names) references.Unset(name);
        Image left = new ImageReader(layout).Read(digest, references.NamesOf(digest));
        references.Save(layout);
        return left;
    }

    // A layer in the middle of an image becomes an image of its own by being named.
    private string WriteManifest(Image entry)
    {
        BlobStore blobs = new(layout);
        byte[] configuration = JsonSerializer.SerializeToUtf8Bytes(entry.Content.Spec, ImageJson.Default.ImageSpec);
        ImageManifest manifest = entry.Content.Manifest with
        {
            Config = entry.Content.Manifest.Config with
            {
                Digest = ContentDigest.Prefix + blobs.Write(configuration),
                Size = configuration.Length,
            },
        };
        string hex = blobs.Write(JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJson.Default.ImageManifest));
        FileSystems.SyncAll(layout.Blobs);
        return ContentDigest.Prefix + hex;
    }
}
