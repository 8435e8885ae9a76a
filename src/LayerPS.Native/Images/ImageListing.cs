using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Which images there are to see.</summary>
internal static class ImageListing
{
    /// <summary>Those with names, sorted, then those without that no other image stands on.</summary>
    internal static IEnumerable<Image> TopLevel(StoreLayout layout, Action<EngineException>? unreadable)
    {
        List<Image> all = [];
        foreach (Image image in new ImageReader(layout).ReadAll(unreadable))
        {
            all.Add(image);
            if (image.Name is not null) yield return image;
        }

        ImageTree tree = new(all);
        foreach (Image image in all)
            if (image.Name is null && !tree.Carries(image)) yield return image;
    }

    /// <summary>Those that are no longer called anything, and that no other image stands on.</summary>
    internal static IEnumerable<Image> Dangling(StoreLayout layout, Action<EngineException>? unreadable) =>
        TopLevel(layout, unreadable).Where(static image => image.Name is null);

    /// <summary>The top-level ones, then every read-only layer that one of them has below its top.</summary>
    internal static IEnumerable<Image> All(StoreLayout layout, Action<EngineException>? unreadable)
    {
        List<Image> all = [.. new ImageReader(layout).ReadAll(unreadable)];
        ImageTree tree = new(all);
        ILookup<bool, Image> byPlace = all.ToLookup(image => image.Name is null && tree.Carries(image));
        return byPlace[false]
            .Concat(byPlace[true].Select(static image => image.AsIntermediate()))
            .Concat(LayerEntry.In(layout, all));
    }
}
