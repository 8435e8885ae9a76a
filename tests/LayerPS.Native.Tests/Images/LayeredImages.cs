using System.Text.Json;
using LayerPS.Archives;
using LayerPS.Images;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;
using LayerPS.Tests.Archives;

namespace LayerPS.Tests.Images;

/// <summary>
/// Makes images of several layers, each of what a shell script leaves in an empty directory; the same scripts make the
/// same image.
/// </summary>
internal static class LayeredImages
{
    private static readonly DateTimeOffset Created = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);

    /// <summary>An image on another one, or on nothing.</summary>
    /// <param name="store">Where.</param>
    /// <param name="name">name:tag; null for none.</param>
    /// <param name="below">The image that it is built on.</param>
    /// <param name="scripts">One for each layer; a file <c>.wh.name</c> deletes a name of the layers below.</param>
    internal static Image MakeLayers(this TemporaryStore store, string? name, Image? below, params string[] scripts)
    {
        List<string> diffIds = [.. below?.Layers.Select(static layer => layer.DiffId) ?? []];
        string? top = below?.Layers[^1].Id;
        foreach (string script in scripts)
        {
            using StagedLayer layer = Stage(store, top, script);
            layer.Publish(script, Created);
            diffIds.Add(layer.DiffId);
            top = layer.Id;
        }

        return WriteImage(store, name, below, diffIds, scripts.Length);
    }

    private static StagedLayer Stage(TemporaryStore store, string? below, string script)
    {
        string directory = store.MakeDirectory(Guid.NewGuid().ToString("N"));
        Shell.Script(directory, "touch -d @981173106 .same\n" + script);
        Shell.Script(directory, "find . -newer .same -exec touch -h -r .same {} +; rm .same; touch -d @981173106 .");
        using MemoryStream tar = new();
        DirectoryTar.Write(directory, tar, new DirectoryTarOptions(), default);
        tar.Position = 0;
        return new LayerStore(store.Layout).Stage(tar, below, UnpackOptions.Layer, null, default);
    }

    private static Image WriteImage(
        TemporaryStore store, string? name, Image? below, List<string> diffIds, int scripts)
    {
        ImageSpec spec = new()
        {
            Created = Created,
            Architecture = "amd64",
            Os = "linux",
            // A step that makes no layer changes the configuration.
            Config = scripts > 0 ? null : new ImageExecution { WorkingDir = "/" + below?.ShortId },
            RootFileSystem = new ImageRootFileSystem
            {
                Type = "layers",
                DiffIds = [.. diffIds.Select(static id => ContentDigest.Prefix + id)],
            },
            History = [.. diffIds.Select(static (_, i) => new ImageHistory { CreatedBy = $"step {i}" })],
        };
        BlobStore blobs = new(store.Layout);
        byte[] configuration = JsonSerializer.SerializeToUtf8Bytes(spec, ImageJson.Default.ImageSpec);
        ImageManifest manifest = new()
        {
            SchemaVersion = 2,
            Config = Descriptor(blobs.Write(configuration), configuration.Length),
            Layers = [.. diffIds.Select(static id => Descriptor(id, 0))],
            Annotations = below?.Digest is { } parent
                ? new Dictionary<string, string> { [ImageManifest.BaseDigestAnnotation] = parent }
                : null,
        };
        string digest = ContentDigest.Prefix
            + blobs.Write(JsonSerializer.SerializeToUtf8Bytes(manifest, ImageJson.Default.ImageManifest));
        FileSystems.SyncAll(store.Layout.Blobs);
        using FileLock held = ReferenceTable.Lock(store.Layout, default);
        ReferenceTable references = ReferenceTable.Load(store.Layout);
        references.Set(name is null ? null : ImageReference.Parse(name).ToString(), digest);
        references.Save(store.Layout);
        return store.Images.Resolve(name ?? digest);
    }

    private static ImageDescriptor Descriptor(string hex, long size) =>
        new() { MediaType = "application/vnd.oci.image.layer.v1.tar", Digest = ContentDigest.Prefix + hex, Size = size };
}
