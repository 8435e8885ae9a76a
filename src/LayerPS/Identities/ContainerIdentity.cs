namespace LayerPS.Identities;

/// <summary>
/// How a container is told to a cmdlet: by name, the beginning of an id, a wildcard, or as an object. A parameter of this
/// type takes all of them. There is no constructor for <see cref="object"/>, as for <see cref="ImageIdentity"/>.
/// </summary>
public sealed class ContainerIdentity
{
    private readonly string _text;
    private readonly Container? _container;

    /// <summary>One or more containers by what a person types.</summary>
    public ContainerIdentity(string container) => _text = container;

    /// <summary>One container as it was got before.</summary>
    public ContainerIdentity(Container container)
    {
        ArgumentNullException.ThrowIfNull(container);
        _container = container;
        _text = container.ToString();
    }

    /// <summary>Whether it may mean several containers, or none.</summary>
    internal bool HasWildcards => _container is null && NamePattern.HasWildcards(_text);

    /// <summary>The containers that are meant, as they are now; none for a wildcard that matches nothing.</summary>
    /// <exception cref="EngineException">As for <see cref="ContainerCollection.Resolve"/>.</exception>
    public IEnumerable<Container> Resolve(ContainerCollection containers) =>
        _container is null ? containers.Get(_text) : [_container.Refresh()];

    /// <inheritdoc/>
    public override string ToString() => _text;
}
