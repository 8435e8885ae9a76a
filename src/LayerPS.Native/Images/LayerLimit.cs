using LayerPS.Union;

namespace LayerPS.Images;

/// <summary>How many layers an image may have of which containers are made.</summary>
internal static class LayerLimit
{
    /// <summary>As many as the kernel stacks, less the two directories that a container has below its image's layers.</summary>
    internal const int Maximum = UnionMount.MaximumLowers - 2;

    /// <summary>Looks whether containers can be made of an image.</summary>
    /// <exception cref="EngineException">ImageLayersExceeded.</exception>
    internal static void CheckContainer(Image image)
    {
        if (image.Layers.Count > Maximum)
            throw Exceeded($"The image '{image}' has {image.Layers.Count} layers, and a container can stand on {Maximum}.");
    }

    /// <summary>Looks whether there is room above an image.</summary>
    /// <param name="below">How many layers there are.</param>
    /// <param name="more">How many are to come.</param>
    /// <exception cref="EngineException">ImageLayersExceeded.</exception>
    internal static void CheckRoom(int below, int more)
    {
        if (below + more > Maximum)
            throw Exceeded(
                $"The new image would have {below + more} layers, {more} of them new, and a container can stand on {Maximum}.");
    }

    private static EngineException Exceeded(string message) => new(EngineErrors.ImageLayersExceeded, message);
}
