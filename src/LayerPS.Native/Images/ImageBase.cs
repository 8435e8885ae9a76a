using LayerPS.Archives;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>What an image is made on.</summary>
/// <param name="Spec">The configuration of what lies below.</param>
/// <param name="Layers">The layers' tars, the base first.</param>
/// <param name="Digest">The manifest's; null where there is none.</param>
internal sealed record ImageBase(ImageSpec Spec, IReadOnlyList<ImageDescriptor> Layers, string? Digest)
{
    /// <summary>The steps so far. A history that does not fit the layers is replaced by one of a step for each layer.</summary>
    internal IReadOnlyList<ImageHistory> History
    {
        get
        {
            IReadOnlyList<ImageHistory> steps = Spec.History ?? [];
            bool fits = steps.Count(static step => !step.EmptyLayer) == Layers.Count;
            return fits ? steps : [.. Layers.Select(_ => new ImageHistory { Created = Spec.Created })];
        }
    }

    internal static ImageBase Nothing(ImagePlatform platform) => new(
        new ImageSpec
        {
            Architecture = platform.Architecture,
            Variant = platform.Variant,
            Os = platform.Os,
            RootFileSystem = new ImageRootFileSystem { Type = "layers", DiffIds = [] },
        },
        [], null);

    internal static ImageBase Of(Image image) =>
        new(image.Content.Spec, image.Content.Manifest.Layers, image.Content.Digest);

    /// <summary>
    /// What a container was made on: its image where that still is, else just the layers, which the container keeps.
    /// </summary>
    /// <param name="layout">The store.</param>
    /// <param name="imageId">The image's id.</param>
    /// <param name="top">The id of its topmost layer.</param>
    internal static ImageBase Of(StoreLayout layout, string imageId, string top)
    {
        try
        {
            Image image = new ImageResolver(layout).Resolve(imageId);
            if (image.Layers.Count > 0 && image.Layers[^1].Id == top) return Of(image);
        }
        catch (EngineException)
        {
            // Removed, or damaged.
        }

        return OfLayers(layout, top);
    }

    private static ImageBase OfLayers(StoreLayout layout, string top)
    {
        LayerStore store = new(layout);
        List<LayerRecord> layers = [];
        for (string? id = top; id is not null; id = layers[0].Parent) layers.Insert(0, store.Read(id));
        ImageBase nothing = Nothing(ImagePlatform.Host);
        ImageSpec spec = nothing.Spec with
        {
            RootFileSystem = new ImageRootFileSystem
            {
                Type = "layers", DiffIds = [.. layers.Select(static layer => ContentDigest.Prefix + layer.DiffId)],
            },
            History =
            [
                .. layers.Select(static layer => new ImageHistory { Created = layer.Created, CreatedBy = layer.CreatedBy }),
            ],
        };
        return new ImageBase(spec, [.. layers.Select(layer => DescriptorOf(layout, layer))], null);
    }

    private static ImageDescriptor DescriptorOf(StoreLayout layout, LayerRecord layer)
    {
        using FileStream split = File.OpenRead(layout.LayerTarSplit(layer.Id));
        return ImageDescriptor.Of(ImageDescriptor.LayerTarType, layer.DiffId, LayerTar.SizeOf(split));
    }
}
