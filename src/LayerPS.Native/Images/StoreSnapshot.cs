using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>All images and containers of a store at one moment, and what they need of it.</summary>
internal sealed class StoreSnapshot
{
    private readonly StoreLayout _layout;
    private readonly ContainerReader _reader;

    private StoreSnapshot(StoreLayout layout, IReadOnlyList<Image> images, IReadOnlyList<ContainerRecord> containers)
    {
        _layout = layout;
        _reader = new ContainerReader(layout);
        Images = images;
        Containers = containers;
    }

    /// <summary>Those with a manifest.</summary>
    internal IReadOnlyList<Image> Images { get; }

    internal IReadOnlyList<ContainerRecord> Containers { get; }

    /// <summary>Reads everything; whoever deletes by it has locked the store before.</summary>
    /// <exception cref="EngineException">
    /// StoreCorrupt: one image or container cannot be read, so nobody knows what it needs.
    /// </exception>
    internal static StoreSnapshot Read(StoreLayout layout) =>
        new(layout, [.. new ImageReader(layout).ReadAll()], [.. new ContainerReader(layout).ReadRecords()]);

    /// <summary>As it would be without the images with these ids.</summary>
    internal StoreSnapshot Without(HashSet<string> imageIds) =>
        new(_layout, [.. Images.Where(image => !imageIds.Contains(image.Id))], Containers);

    /// <summary>The ids of all layers that these images and all containers stand on.</summary>
    internal HashSet<string> LayersOf(IEnumerable<Image> images)
    {
        HashSet<string> needed = LayersOf(Containers);
        needed.UnionWith(images.SelectMany(static image => image.Layers).Select(static layer => layer.Id));
        return needed;
    }

    internal HashSet<string> LayersOf(IEnumerable<ContainerRecord> containers)
    {
        LayerStore layers = new(_layout);
        HashSet<string> needed = [];
        foreach (ContainerRecord container in containers)
            for (string? id = container.LayerId; id is not null && needed.Add(id);) id = layers.Read(id).Parent;
        return needed;
    }

    /// <summary>The blobs of these images, by hex digits.</summary>
    internal static HashSet<string> BlobsOf(IEnumerable<Image> images) =>
        [.. images.SelectMany(static image => (string[])[image.Digest![ContentDigest.Prefix.Length..], image.Id])];

    internal IEnumerable<ContainerRecord> ContainersOf(Image image) =>
        Containers.Where(container => container.ImageId == image.Id);

    /// <summary>Whether it runs at this moment.</summary>
    // The monitor of a run that has ended may still be clearing up.
    internal bool IsRunning(ContainerRecord container) =>
        _reader.IsWatched(container.Id) && _reader.TryRead(container.Id)?.State != ContainerState.Exited;
}
