using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>
/// A layer in the middle of an image, seen as an image that ends there. It has no manifest and no configuration of its own
/// in the store; its id is the layer's.
/// </summary>
internal static class LayerEntry
{
    /// <summary>One for every layer that no image ends with, those of each image from the top down.</summary>
    internal static IEnumerable<Image> In(StoreLayout layout, IReadOnlyList<Image> images)
    {
        HashSet<string> seen = [.. images.Where(static i => i.Layers.Count > 0).Select(static i => i.Layers[^1].Id)];
        foreach (Image image in images)
        {
            for (int count = image.Layers.Count - 1; count > 0; count--)
                if (seen.Add(image.Layers[count - 1].Id)) yield return Of(layout, image, count);
        }
    }

    /// <summary>The lowest layers of an image, as many as that.</summary>
    private static Image Of(StoreLayout layout, Image image, int count)
    {
        ImageSpec whole = image.Content.Spec;
        ImageLayer top = image.Layers[count - 1];
        IReadOnlyList<ImageHistory>? steps = StepsOf(whole.History ?? [], image.Layers.Count, count);
        ImageSpec spec = new()
        {
            Created = steps?[^1].Created ?? top.Created,
            Architecture = whole.Architecture,
            Os = whole.Os,
            RootFileSystem = whole.RootFileSystem with { DiffIds = [.. whole.RootFileSystem.DiffIds.Take(count)] },
            History = steps,
        };
        ImageManifest manifest = image.Content.Manifest with
        {
            Layers = [.. image.Content.Manifest.Layers.Take(count)],
            Annotations = null,
        };
        ImageContent content = new(null, manifest, top.Id, spec, [.. image.Layers.Take(count)]);
        return new Image(layout, content, [], null, intermediate: true);
    }

    // The steps up to the one that made the layer; null where the history does not fit the layers.
    private static List<ImageHistory>? StepsOf(IReadOnlyList<ImageHistory> all, int layers, int count)
    {
        if (all.Count(static step => !step.EmptyLayer) != layers) return null;
        List<ImageHistory> steps = [];
        foreach (ImageHistory step in all)
        {
            steps.Add(step);
            if (!step.EmptyLayer && --count == 0) break;
        }

        return steps;
    }
}
