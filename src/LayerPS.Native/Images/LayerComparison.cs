using LayerPS.Linux;
using LayerPS.Storage;
using LayerPS.Union;

namespace LayerPS.Images;

/// <summary>Compares stacks of a store's layers, which may be removed meanwhile.</summary>
internal sealed class LayerComparison(StoreLayout layout)
{
    /// <param name="before">The base first; none for nothing.</param>
    /// <param name="after">The base first; none for nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">LayerNotFound: one was removed; what was told before may be wrong.</exception>
    internal IEnumerable<ImageChange> Run(
        IReadOnlyList<ImageLayer> before, IReadOnlyList<ImageLayer> after, CancellationToken cancellationToken)
    {
        IEnumerable<ImageChange> changes = UnionComparison.Run(
            PathsOf(before), PathsOf(after), cancellationToken);
        using IEnumerator<ImageChange> each = changes.GetEnumerator();
        while (true)
        {
            bool more;
            try
            {
                more = each.MoveNext();
            }
            catch (LinuxException e) when (Missing(before, after) is { } layer)
            {
                throw Removed(layer, e);
            }

            // Layers are renamed before their files go, so this tells whether all of them were there until now.
            if (!more && Missing(before, after) is { } missing) throw Removed(missing, null);
            if (!more) yield break;
            yield return each.Current;
        }
    }

    /// <summary>A layer with all those below it, the base first.</summary>
    internal IReadOnlyList<ImageLayer> StackOf(ImageLayer layer)
    {
        ImageReader reader = new(layout);
        List<ImageLayer> stack = [layer];
        while (stack[^1].Parent is { } parent) stack.Add(reader.Layer(parent));
        stack.Reverse();
        return stack;
    }

    private IReadOnlyList<string> PathsOf(IReadOnlyList<ImageLayer> layers) =>
        [.. layers.Select(layer => layout.LayerFiles(layer.Id))];

    private ImageLayer? Missing(IReadOnlyList<ImageLayer> before, IReadOnlyList<ImageLayer> after) =>
        before.Concat(after).FirstOrDefault(layer => !Directory.Exists(layout.LayerFiles(layer.Id)));

    private static EngineException Removed(ImageLayer layer, Exception? inner) =>
        new(EngineErrors.LayerNotFound, $"The layer {layer.ShortId} was removed while it was compared.", layer.Id, inner: inner);
}
