namespace LayerPS.Identities;

/// <summary>How a layer is told to a cmdlet: by its id, by the beginning of it, or as an object.</summary>
public sealed class LayerIdentity
{
    private readonly string? _id;

    /// <summary>A layer by its id, or by the beginning of it.</summary>
    public LayerIdentity(string id) => _id = id;

    /// <summary>A layer as it was got before.</summary>
    public LayerIdentity(ImageLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _id = layer.Id;
    }

    /// <summary>The layer that a step made; none for a step that made none.</summary>
    public LayerIdentity(ImageHistoryEntry step)
    {
        ArgumentNullException.ThrowIfNull(step);
        _id = step.Id;
    }

    /// <summary>The layer that is meant; none for a step without one.</summary>
    /// <exception cref="EngineException">As for <see cref="LayerCollection.Get"/>.</exception>
    public IEnumerable<ImageLayer> Resolve(LayerCollection layers) => _id is null ? [] : [layers.Get(_id)];

    /// <inheritdoc/>
    public override string ToString() => _id ?? "";
}
