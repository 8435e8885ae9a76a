using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Finds out what goes when an image goes, or why it may not.</summary>
internal sealed class RemovalPlan
{
    private readonly StoreSnapshot _store;
    private readonly HashSet<Image> _images = [];

    private RemovalPlan(StoreSnapshot store, ImageRemoval shown)
    {
        _store = store;
        Shown = shown;
        Removal = new StoreRemoval { Names = shown.Untagged };
    }

    /// <summary>For people.</summary>
    internal ImageRemoval Shown { get; private set; }

    /// <summary>For the store.</summary>
    internal StoreRemoval Removal { get; private set; }

    /// <param name="layout">The store.</param>
    /// <param name="target">What is to go.</param>
    /// <param name="force">See <see cref="ImageCollection.Remove(Image, bool, CancellationToken)"/>.</param>
    /// <param name="after">What will be gone by then.</param>
    /// <exception cref="EngineException">
    /// ImageNotFound, ImageNameAmbiguous, ImageReferenceInvalid, StoreCorrupt; ImageHasDependents; ImageInUse.
    /// </exception>
    internal static RemovalPlan Make(
        StoreLayout layout, ImageTarget target, bool force, IEnumerable<ImageRemoval>? after = null)
    {
        StoreSnapshot store = StoreSnapshot.Read(layout);
        if (after is not null) store = store.Without([.. after.SelectMany(static removal => removal.Images)]);
        Image image = target.Find(layout);
        if (image.Asked.Count > 0 && image.References.Count > image.Asked.Count)
            return new RemovalPlan(store, new ImageRemoval { Image = image.ToString(), Untagged = image.Asked });

        RemovalPlan plan = new(store, new ImageRemoval { Image = image.ToString() });
        plan.Collect(image, force);
        plan.Check(image, force);
        plan.AddSteps();
        plan.Complete(layout, image);
        return plan;
    }

    private void Collect(Image image, bool force)
    {
        List<Image> above = [.. _store.Images.Where(other => ImageTree.StandsOn(other, image))];
        if (above.Count > 0 && !force)
        {
            throw new EngineException(
                EngineErrors.ImageHasDependents,
                $"The image '{image}' lies below {string.Join(", ", above.Select(static other => $"'{other}'"))}.", image.ToString());
        }

        _images.UnionWith(above);
        _images.UnionWith(_store.Images.Where(other => other.Digest == image.Digest));
    }

    private void Check(Image image, bool force)
    {
        List<(ContainerRecord Container, Image Of)> users =
            [.. _images.SelectMany(_store.ContainersOf, static (of, container) => (container, of))];
        List<string> running = [.. users.Where(user => _store.IsRunning(user.Container)).Select(Describe)];
        if (running.Count > 0)
        {
            throw new EngineException(
                EngineErrors.ImageInUse,
                $"The image '{image}' cannot be removed while these run: {string.Join(", ", running)}.", image.ToString(),
                "Stop the containers first with Stop-Container.");
        }

        if (users.Count > 0 && !force)
        {
            throw new EngineException(
                EngineErrors.ImageInUse,
                $"The image '{image}' is used by {string.Join(", ", users.Select(Describe))}.", image.ToString());
        }

        Shown = Shown with { Containers = [.. users.Select(static user => user.Container.Name)] };

        string Describe((ContainerRecord Container, Image Of) user) =>
            user.Of.Digest == image.Digest ? $"'{user.Container.Name}'" : $"'{user.Container.Name}' (of '{user.Of}')";
    }

    // The steps of a build have no names; when the image that they led to goes, nobody asks for them any more.
    private void AddSteps()
    {
        bool IsLeft(Image step) =>
            step.Name is null && !_images.Contains(step)
            && _images.Any(gone => ImageTree.StandsOn(gone, step))
            && !_store.ContainersOf(step).Any()
            && !_store.Images.Any(other => !_images.Contains(other) && ImageTree.StandsOn(other, step));

        while (_store.Images.FirstOrDefault(IsLeft) is { } left) _images.Add(left);
    }

    private void Complete(StoreLayout layout, Image image)
    {
        List<Image> staying = [.. _store.Images.Except(_images)];
        HashSet<string> neededLayers = _store.LayersOf(staying);
        HashSet<string> neededBlobs = StoreSnapshot.BlobsOf(staying);
        IReadOnlyList<Image> going = ImageTree.TopFirst(_images);
        List<ImageLayer> layers =
        [
            .. going.Append(image).SelectMany(static i => i.Layers.Select(static (layer, depth) => (Depth: depth, Layer: layer)))
                .Where(row => !neededLayers.Contains(row.Layer.Id))
                .DistinctBy(static row => row.Layer.Id)
                .OrderByDescending(static row => row.Depth)
                .Select(static row => row.Layer),
        ];
        Removal = new StoreRemoval
        {
            Images = [.. going.Select(static i => i.Digest!)],
            Blobs = [.. StoreSnapshot.BlobsOf(going).Except(neededBlobs)],
            Layers = [.. layers.Select(static layer => layer.Id)],
        };
        Shown = Shown with
        {
            Untagged = [.. going.SelectMany(static i => i.References)],
            Images = [.. going.Select(static i => i.Id)],
            Layers = Removal.Layers,
            Size = layers.Sum(static layer => layer.Size) + Removal.Blobs.Sum(hex => new FileInfo(layout.Blob(hex)).Length),
        };
    }
}
