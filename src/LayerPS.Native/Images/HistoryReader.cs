using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Tells an image's steps from the top to the base.</summary>
internal static class HistoryReader
{
    internal static IEnumerable<ImageHistoryEntry> Read(StoreLayout layout, Image image)
    {
        IReadOnlyList<ImageHistory> steps = image.Content.Spec.History ?? [];
        // A history that does not fit the layers says nothing about them: then the layers tell it themselves.
        if (steps.Count(static step => !step.EmptyLayer) != image.Layers.Count) steps = [.. image.Layers.Select(StepOf)];

        ILookup<string, string> tops = new ImageReader(layout).ReadAll(static _ => { })
            .Where(static other => other.Layers.Count > 0)
            .SelectMany(static other => other.References, static (other, name) => (Top: other.Layers[^1].Id, Name: name))
            .ToLookup(static row => row.Top, static row => row.Name);
        int below = image.Layers.Count;
        for (int i = steps.Count - 1; i >= 0; i--)
        {
            ImageHistory step = steps[i];
            ImageLayer? layer = step.EmptyLayer ? null : image.Layers[--below];
            yield return new ImageHistoryEntry
            {
                Image = image.ToString(),
                Id = layer?.Id,
                Created = step.Created ?? layer?.Created,
                CreatedBy = step.CreatedBy,
                Size = layer?.Size ?? 0,
                Comment = step.Comment,
                EmptyLayer = step.EmptyLayer,
                Tags = i == steps.Count - 1 ? image.References : layer is null ? [] : [.. tops[layer.Id]],
            };
        }
    }

    private static ImageHistory StepOf(ImageLayer layer) => new() { Created = layer.Created, CreatedBy = layer.CreatedBy };
}
