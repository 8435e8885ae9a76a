using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>A layer that the store has to have for the images of an archive.</summary>
/// <param name="Id">Its chain id.</param>
/// <param name="Parent">The id of the layer below; null at the base.</param>
/// <param name="Source">Where the archive has it.</param>
/// <param name="Step">What made it.</param>
internal sealed record PlannedLayer(string Id, string? Parent, ArchivedLayer Source, ImageHistory Step)
{
    /// <summary>Each layer once, those below before those above.</summary>
    internal static IReadOnlyList<PlannedLayer> Of(IEnumerable<ArchivedImage> images) =>
        [.. images.SelectMany(Of).DistinctBy(static layer => layer.Id)];

    private static IEnumerable<PlannedLayer> Of(ArchivedImage image)
    {
        ImageHistory[] steps = [.. (image.Spec.History ?? []).Where(static step => !step.EmptyLayer)];
        string? parent = null;
        for (int i = 0; i < image.Layers.Count; i++)
        {
            ArchivedLayer source = image.Layers[i];
            // A history that does not fit the layers says nothing about them.
            ImageHistory step = steps.Length == image.Layers.Count ? steps[i] : new ImageHistory();
            string id = LayerStore.ChainId(parent, source.DiffId);
            yield return new PlannedLayer(
                id, parent, source, step with { Created = step.Created ?? image.Spec.Created });
            parent = id;
        }
    }
}
