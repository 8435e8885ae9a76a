using LayerPS.Containers;
using LayerPS.Images;
using LayerPS.Linux;
using LayerPS.Volumes;
using Tmds.Linux;

namespace LayerPS.Storage;

/// <summary>Measures a store as it is at one moment.</summary>
internal sealed class StorageMeasurement
{
    private readonly StoreLayout _layout;
    private readonly CancellationToken _cancellation;
    private readonly StoreSnapshot _store;
    private readonly HashSet<string> _shared;
    private readonly HashSet<string> _underContainers;

    internal StorageMeasurement(StoreLayout layout, CancellationToken cancellationToken)
    {
        _layout = layout;
        _cancellation = cancellationToken;
        _store = StoreSnapshot.Read(layout);
        _underContainers = _store.LayersOf(_store.Containers);
        _shared =
        [
            .. _store.Images.SelectMany(static image => image.Layers).CountBy(static layer => layer.Id)
                .Where(static row => row.Value > 1).Select(static row => row.Key),
        ];
    }

    internal IEnumerable<ContainerStorageUsage> Totals() =>
    [
        Images(_store.Images, null),
        Sum(ContainerStorageKind.Container, [.. Containers()]),
        Sum(ContainerStorageKind.Volume, [.. Volumes()]),
        Sum(ContainerStorageKind.BuildCache, [.. BuildCaches()]),
        Sum(ContainerStorageKind.Unreferenced, [.. Unreferenced()]),
    ];

    internal IEnumerable<ContainerStorageUsage> Each() =>
        _store.Images.Select(image => Images([image], image.ToString()))
            .Concat(Containers()).Concat(Volumes()).Concat(BuildCaches()).Concat(Unreferenced());

    private ContainerStorageUsage Images(IReadOnlyList<Image> images, string? name)
    {
        List<Image> active = [.. images.Where(image => _store.ContainersOf(image).Any())];
        List<ImageLayer> layers =
            [.. images.SelectMany(static image => image.Layers).DistinctBy(static layer => layer.Id)];
        HashSet<string> kept = [.. active.SelectMany(static image => image.Layers).Select(static layer => layer.Id)];
        kept.UnionWith(_underContainers);
        // Of one image, what others have would not become free either.
        if (name is not null) kept.UnionWith(_shared);
        long shared = layers.Where(layer => _shared.Contains(layer.Id)).Sum(static layer => layer.Size);
        long size = BlobSize(images) + layers.Sum(static layer => layer.Size);
        return new ContainerStorageUsage
        {
            Kind = ContainerStorageKind.Image,
            Name = name,
            Total = images.Count,
            Active = active.Count,
            Size = size,
            SharedSize = shared,
            UniqueSize = size - shared,
            Reclaimable = BlobSize(images) - BlobSize(active)
                + layers.Where(layer => !kept.Contains(layer.Id)).Sum(static layer => layer.Size),
        };
    }

    private IEnumerable<ContainerStorageUsage> Containers()
    {
        foreach (ContainerRecord container in _store.Containers)
        {
            bool runs = _store.IsRunning(container);
            if (TrySizeOf(_layout.Container(container.Id)) is not { } size) continue;
            yield return Unique(ContainerStorageKind.Container, container.Name, size) with
            {
                Active = runs ? 1 : 0,
                Reclaimable = runs ? 0 : size,
            };
        }
    }

    private IEnumerable<ContainerStorageUsage> Volumes()
    {
        foreach (ContainerVolume volume in new VolumeStore(_layout).ReadAll())
        {
            if (TrySizeOf(volume.Path) is not { } size) continue;
            bool inUse = volume.Containers.Count > 0;
            yield return Unique(ContainerStorageKind.Volume, volume.Name, size) with
            {
                Active = inUse ? 1 : 0,
                Reclaimable = inUse ? 0 : size,
            };
        }
    }

    private IEnumerable<ContainerStorageUsage> BuildCaches()
    {
        CacheMountStore caches = new(_layout);
        foreach (CacheMount cache in caches.All())
        {
            if (TrySizeOf(cache.Files) is not { } size) continue;
            bool inUse = caches.IsInUse(cache);
            yield return Unique(ContainerStorageKind.BuildCache, cache.Id, size) with
            {
                Active = inUse ? 1 : 0,
                Reclaimable = inUse ? 0 : size,
            };
        }
    }

    private IEnumerable<ContainerStorageUsage> Unreferenced() =>
        OptimizationPlan.Make(_layout, all: false, volumes: false).Items
            .Select(static item => Unique(ContainerStorageKind.Unreferenced, item.Path, item.Size));

    // Files come and go while a container runs; then it is measured again.
    private long? TrySizeOf(string path)
    {
        while (true)
        {
            try
            {
                return TreeSize.Of(path, _cancellation);
            }
            catch (LinuxException e) when (e.Errno == LibC.ENOENT || e.Errno == LibC.ENOTDIR)
            {
                if (!Directory.Exists(path)) return null;
            }
        }
    }

    private long BlobSize(IEnumerable<Image> images) =>
        StoreSnapshot.BlobsOf(images).Sum(hex => new FileInfo(_layout.Blob(hex)).Length);

    private static ContainerStorageUsage Unique(ContainerStorageKind kind, string? name, long size) =>
        new() { Kind = kind, Name = name, Size = size, UniqueSize = size, Reclaimable = size };

    private static ContainerStorageUsage Sum(ContainerStorageKind kind, IReadOnlyList<ContainerStorageUsage> parts) =>
        Unique(kind, null, parts.Sum(static part => part.Size)) with
        {
            Total = parts.Count,
            Active = parts.Sum(static part => part.Active),
            Reclaimable = parts.Sum(static part => part.Reclaimable),
        };
}
