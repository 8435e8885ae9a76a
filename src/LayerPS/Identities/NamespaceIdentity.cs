namespace LayerPS.Identities;

/// <summary>
/// How it is told to a cmdlet whose namespace a container has: Host, Private, <c>Container:name</c>, or a container as an
/// object. There is no constructor for <see cref="object"/>, as for <see cref="ImageIdentity"/>.
/// </summary>
public sealed class NamespaceIdentity
{
    private readonly string _text;

    /// <summary>What a person types.</summary>
    public NamespaceIdentity(string mode) => _text = mode;

    /// <summary>That of a container as it was got before.</summary>
    public NamespaceIdentity(Container container)
    {
        ArgumentNullException.ThrowIfNull(container);
        _text = NetworkIdentity.ContainerPrefix + container.Id;
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
