using System.Text.Json;
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

    internal static LayerUsage Read(StoreLayout layout)
    {
        LayerUsage usage = new();
        foreach (Image image in new ImageReader(layout).ReadAll())
        {
            IReadOnlyList<string> names = image.References is { Count: > 0 } references ? references : [image.ShortId];
            foreach (ImageLayer layer in image.Layers) Add(usage._images, layer.Id, names);
        }

        LayerStore layers = new(layout);
        foreach (string directory in Directory.EnumerateDirectories(layout.Containers))
        {
            if (TryReadContainer(directory) is not { } container) continue;
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

    // A container may be removed while it is looked at, and a damaged one is not a layer's business.
    private static ContainerLink? TryReadContainer(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(
                File.ReadAllBytes(StoreLayout.ContainerRecordIn(directory)), StoreJson.Default.ContainerLink);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
