namespace LayerPS;

/// <summary>What a container's health command says of it.</summary>
public enum ContainerHealth
{
    /// <summary>Nothing: it has no health command, or does not run.</summary>
    None,

    /// <summary>No check has passed yet, and not as many have failed as it takes.</summary>
    Starting,

    /// <summary>The latest check passed, or too few have failed since one did.</summary>
    Healthy,

    /// <summary>As many checks in a row have failed as it takes.</summary>
    Unhealthy,
}
