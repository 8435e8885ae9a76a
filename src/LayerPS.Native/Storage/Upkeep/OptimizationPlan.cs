using LayerPS.Containers;
using LayerPS.Images;
using LayerPS.Volumes;

namespace LayerPS.Storage;

/// <summary>Finds out what nothing in a store refers to.</summary>
internal sealed class OptimizationPlan
{
    private readonly StoreSnapshot _store;
    private readonly StoreRemoval _removal;

    private OptimizationPlan(StoreLayout layout, bool all, bool volumes)
    {
        _store = StoreSnapshot.Read(layout);
        IReadOnlyList<Image> images = ImageTree.TopFirst(Images(image => all || image.Name is null));
        HashSet<string> goingDigests = [.. images.Select(static image => image.Digest!)];
        List<Image> staying = [.. _store.Images.Where(image => !goingDigests.Contains(image.Digest!))];
        List<LayerRecord> layers = Layers(layout, _store.LayersOf(staying));
        HashSet<string> needed = StoreSnapshot.BlobsOf(staying);
        List<FileInfo> blobs = [.. new DirectoryInfo(layout.Blobs).EnumerateFiles()
            .Where(file => ContentDigest.IsHex(file.Name) && !needed.Contains(file.Name))
            .OrderBy(static file => file.Name, StringComparer.Ordinal)];
        List<FileInfo> files = [.. TemporaryFiles(layout)];
        List<FileInfo> rows = [.. BuildCache.RowsWithout(layout, [.. staying.Select(static image => image.Digest!)])];
        CacheMountStore caches = new(layout);
        List<CacheMount> free = all ? [.. caches.All().Where(cache => !caches.IsInUse(cache))] : [];
        List<ContainerVolume> unused = volumes
            ? [.. new VolumeStore(layout).ReadAll().Where(volume => volume.Containers.Count == 0 && (all || volume.IsAnonymous))]
            : [];
        List<string> names = [.. new ContainerNames(layout).Stale()];
        _removal = new StoreRemoval
        {
            Images = [.. images.Select(static image => image.Digest!)],
            Blobs = [.. blobs.Select(static file => file.Name)],
            Layers = [.. layers.Select(static layer => layer.Id)],
        };
        Items =
        [
            .. images.Select(image => Item(ContainerStorageKind.Image, image.Id, layout.Blob(image.Id)) with
            {
                References = image.References,
            }),
            .. layers.Select(layer => Item(ContainerStorageKind.Layer, layer.Id, layout.Layer(layer.Id), layer.Size)),
            .. blobs.Select(static file => Item(ContainerStorageKind.Blob, file.Name, file.FullName, file.Length)),
            .. names.Select(name => Item(ContainerStorageKind.ContainerName, name, layout.ContainerName(name))),
            .. unused.Select(volume => Item(
                ContainerStorageKind.Volume, volume.Name, layout.Volume(volume.Name), TreeSize.Of(volume.Path, CancellationToken.None))),
            .. rows.Select(static file => Item(ContainerStorageKind.BuildCache, file.Name, file.FullName, file.Length)),
            .. free.Select(static cache =>
                Item(ContainerStorageKind.BuildCache, cache.Id, cache.Path, TreeSize.Of(cache.Files, CancellationToken.None))),
            .. files.Select(static file =>
                Item(ContainerStorageKind.TemporaryFile, file.Name, file.FullName, file.Length)),
        ];
    }

    /// <summary>The images, layers and so on, each kind in the order in which it goes.</summary>
    internal IReadOnlyList<ContainerStorageItem> Items { get; }

    /// <param name="layout">The store.</param>
    /// <param name="all">Whether images with names, and caches of builds, may go where nothing needs them.</param>
    /// <param name="volumes">Whether volumes that no container has may go; with all, also those with a name.</param>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    internal static OptimizationPlan Make(StoreLayout layout, bool all, bool volumes) => new(layout, all, volumes);

    /// <summary>Takes it all away; the caller excludes all others, as for <see cref="StoreRemoval.Steps"/>.</summary>
    internal void Apply(StoreLayout layout, StagedDirectory trash)
    {
        foreach (string _ in _removal.Steps(layout, trash))
        {
            // Once begun, it goes to its end.
        }

        ContainerNames names = new(layout);
        using (names.Lock(CancellationToken.None))
            foreach (string stale in names.Stale()) File.Delete(layout.ContainerName(stale));
        CacheMountStore caches = new(layout);
        foreach (ContainerStorageItem item in Items)
        {
            bool isDirectory = Directory.Exists(item.Path);
            if (item.Kind == ContainerStorageKind.Volume) Directory.Move(item.Path, Path.Combine(trash.Path, "volume-" + item.Id));
            else if (item.Kind == ContainerStorageKind.TemporaryFile) File.Delete(item.Path);
            else if (item.Kind == ContainerStorageKind.BuildCache && isDirectory) caches.Remove(item.Path, trash);
            else if (item.Kind == ContainerStorageKind.BuildCache) File.Delete(item.Path);
        }
    }

    // One whose last dependent goes may be the next to go.
    private HashSet<Image> Images(Func<Image, bool> mayGo)
    {
        HashSet<Image> going = [];
        while (true)
        {
            List<Image> left = [.. _store.Images.Where(image => !going.Contains(image))];
            ImageTree tree = new(left);
            List<Image> next = [.. left.Where(image =>
                mayGo(image) && !tree.Carries(image) && !_store.ContainersOf(image).Any())];
            if (next.Count == 0) return going;
            going.UnionWith(next);
        }
    }

    // Each before the one below it. What cannot be read is no work for this.
    private static List<LayerRecord> Layers(StoreLayout layout, HashSet<string> needed)
    {
        LayerStore store = new(layout);
        Dictionary<string, LayerRecord> free = [];
        foreach (string id in store.Ids().Where(id => !needed.Contains(id)))
        {
            try
            {
                if (store.TryRead(id) is { } record) free.Add(id, record);
            }
            catch (EngineException)
            {
                // Repair-ContainerStorage looks at it.
            }
        }

        return [.. free.Values.OrderByDescending(Depth).ThenBy(static record => record.Id, StringComparer.Ordinal)];

        int Depth(LayerRecord record)
        {
            int depth = 0;
            for (LayerRecord? at = record; at?.Parent is { } parent; depth++) at = free.GetValueOrDefault(parent);
            return depth;
        }
    }

    // See AtomicFile. Nobody writes any at this moment: everyone who does has one of the locks.
    private static IEnumerable<FileInfo> TemporaryFiles(StoreLayout layout) =>
        new[] { layout.Root, layout.Blobs }.SelectMany(static path => new DirectoryInfo(path).EnumerateFiles("*~"));

    private static ContainerStorageItem Item(ContainerStorageKind kind, string id, string path, long size = 0) =>
        new() { Kind = kind, Id = id, Path = path, Size = size };
}
