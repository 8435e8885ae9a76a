using LayerPS.Images;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>The read-only layers of a store.</summary>
public sealed class LayerCollection
{
    private const int ShownCandidates = 5;

    private readonly StoreLayout _layout;

    internal LayerCollection(StoreLayout layout) => _layout = layout;

    /// <summary>All of them, each once, whatever images have it; sorted by id.</summary>
    public IEnumerable<ImageLayer> List()
    {
        ImageReader reader = new(_layout);
        return new LayerStore(_layout).Ids().Order(StringComparer.Ordinal).Select(reader.Layer);
    }

    /// <summary>The layer with that id, or the only one whose id begins so.</summary>
    /// <exception cref="EngineException">LayerNotFound, LayerIdAmbiguous.</exception>
    public ImageLayer Get(string id)
    {
        // Nothing is the beginning of every id.
        List<string> found = id.Length == 0
            ? []
            : [.. new LayerStore(_layout).Ids().Where(known => known.StartsWith(id, StringComparison.Ordinal))];
        return found.Count switch
        {
            1 => new ImageReader(_layout).Layer(found[0]),
            0 => throw new EngineException(EngineErrors.LayerNotFound, $"There is no layer '{id}'.", id),
            _ => throw Ambiguous(id, found),
        };
    }

    /// <summary>The files of one layer alone, with its whiteouts.</summary>
    public static FileView OpenFiles(ImageLayer layer) => FileView.OfLayer(layer);

    private static EngineException Ambiguous(string id, List<string> found)
    {
        int shown = Math.Min(Math.Max(Container.ShortIdOf(found[0]).Length, id.Length + 1), ContentDigest.HexLength);
        IEnumerable<string> candidates = found.Take(ShownCandidates).Select(known => known[..shown]);
        string more = found.Count > ShownCandidates ? ", …" : "";
        return new EngineException(
            EngineErrors.LayerIdAmbiguous,
            $"{found.Count} layers have an id that begins with '{id}': {string.Join(", ", candidates)}{more}.", id);
    }

    /// <summary>The files in which two layers differ, each seen with all that lies below it.</summary>
    /// <param name="before">The one; null for nothing. With the parent of the other it tells what that one changed.</param>
    /// <param name="after">The other.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">LayerNotFound: one of them was removed meanwhile.</exception>
    public IEnumerable<ImageChange> Compare(
        ImageLayer? before, ImageLayer after, CancellationToken cancellationToken = default)
    {
        LayerComparison comparison = new(_layout);
        return comparison.Run(
            before is null ? [] : comparison.StackOf(before), comparison.StackOf(after), cancellationToken);
    }
}
