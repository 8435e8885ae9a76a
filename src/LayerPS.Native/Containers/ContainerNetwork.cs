namespace LayerPS;

/// <summary>The network that a container sees.</summary>
public enum ContainerNetwork
{
    /// <summary>Its own, with nothing but the loopback device.</summary>
    None,

    /// <summary>The host's.</summary>
    Host,
}
