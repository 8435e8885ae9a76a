using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Removes images, from the top.</summary>
internal sealed class ImageRemover(StoreLayout layout)
{
    /// <summary>What <see cref="Remove"/> would do at this moment.</summary>
    /// <exception cref="EngineException">As for <see cref="RemovalPlan.Make"/>.</exception>
    internal ImageRemoval Plan(
        ImageTarget target, bool force, IEnumerable<ImageRemoval>? after, CancellationToken cancellationToken)
    {
        using FileLock held = ContentLock.Share(layout, cancellationToken);
        return RemovalPlan.Make(layout, target, force, after).Shown;
    }

    /// <summary>The same images, those above first, each once by all the names that it was asked for by.</summary>
    internal static IReadOnlyList<Image> Order(IEnumerable<Image> images) => ImageTree.TopFirst(
        [.. images.GroupBy(static image => image.Digest ?? image.Id).Select(static same => Merge([.. same]))]);

    private static Image Merge(Image[] same) =>
        same.FirstOrDefault(static image => image.Asked.Count == 0)
        ?? same[0].AskedBy([.. same.SelectMany(static image => image.Asked).Distinct()]);

    /// <exception cref="EngineException">As for <see cref="RemovalPlan.Make"/>.</exception>
    internal ImageRemoval Remove(ImageTarget target, bool force, CancellationToken cancellationToken)
    {
        // The files go when the locks are free: others need not wait for them.
        using StagedDirectory trash = StagingArea.Create(layout);
        using FileLock alone = ContentLock.Exclude(layout, cancellationToken);
        using FileLock held = ReferenceTable.Lock(layout, cancellationToken);
        RemovalPlan plan = RemovalPlan.Make(layout, target, force);
        foreach (string _ in plan.Removal.Steps(layout, trash))
        {
            // Once begun, it goes to its end.
        }

        return plan.Shown;
    }
}
