using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Which images and containers have a layer, as it was at one moment.</summary>
internal sealed class LayerUsage
{
    private readonly Dictionary<string, List<string>> _images = [];
    private readonly Dictionary<string, List<string>> _containers = [];

    private LayerUsage()
    {
    }

    // Images and containers that are damaged are not a layer's business.
    internal static LayerUsage Read(StoreLayout layout)
    {
        LayerUsage usage = new();
        foreach (Image image in new ImageReader(layout).ReadAll(static _ => { }))
        {
            IReadOnlyList<string> names = image.References is { Count: > 0 } references ? references : [image.ShortId];
            foreach (ImageLayer layer in image.Layers) Add(usage._images, layer.Id, names);
        }

        LayerStore layers = new(layout);
        foreach (ContainerRecord container in new ContainerReader(layout).ReadRecords(static _ => { }))
        {
            for (LayerRecord? layer = layers.TryRead(container.LayerId); layer is not null;)
            {
                Add(usage._containers, layer.Id, [container.Name]);
                layer = layer.Parent is null ? null : layers.TryRead(layer.Parent);
            }
        }

        return usage;
    }

    internal IReadOnlyList<string> ImagesOf(string layerId) => _images.TryGetValue(layerId, out var names) ? names : [];

    internal IReadOnlyList<string> ContainersOf(string layerId) =>
        _containers.TryGetValue(layerId, out var names) ? names : [];

    private static void Add(Dictionary<string, List<string>> usage, string layerId, IReadOnlyList<string> names)
    {
        if (!usage.TryGetValue(layerId, out List<string>? all)) usage.Add(layerId, all = []);
        all.AddRange(names);
    }
}
