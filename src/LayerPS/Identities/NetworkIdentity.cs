namespace LayerPS.Identities;

/// <summary>
/// How a network is told to a cmdlet: None, Host, <c>Container:name</c> for the one of another container, or that container
/// as an object. There is no constructor for <see cref="object"/>, as for <see cref="ImageIdentity"/>.
/// </summary>
public sealed class NetworkIdentity
{
    internal const string ContainerPrefix = "Container:";

    private readonly string _text;
    private readonly Container? _container;

    /// <summary>What a person types.</summary>
    public NetworkIdentity(string network) => _text = network;

    /// <summary>None or the host's.</summary>
    public NetworkIdentity(ContainerNetwork network) => _text = network.ToString();

    /// <summary>That of a container as it was got before.</summary>
    public NetworkIdentity(Container container)
    {
        ArgumentNullException.ThrowIfNull(container);
        _container = container;
        _text = ContainerPrefix + container;
    }

    /// <summary>The same options with this network.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid: it is no network.</exception>
    internal ContainerOptions Apply(ContainerOptions options)
    {
        if (_container is not null) return options with { NetworkContainer = _container.Id };
        if (_text.StartsWith(ContainerPrefix, StringComparison.OrdinalIgnoreCase) && _text.Length > ContainerPrefix.Length)
            return options with { NetworkContainer = _text[ContainerPrefix.Length..] };
        if (Enum.TryParse(_text, ignoreCase: true, out ContainerNetwork network) && Enum.IsDefined(network))
            return options with { Network = network, NetworkContainer = null };
        throw new EngineException(
            EngineErrors.ContainerOptionInvalid,
            $"'{_text}' is no network: give None, Host, or Container: and the name of a container.", _text);
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
