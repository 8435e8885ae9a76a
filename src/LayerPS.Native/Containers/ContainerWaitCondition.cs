namespace LayerPS;

/// <summary>What can be waited for.</summary>
public enum ContainerWaitCondition
{
    /// <summary>That the container does not run, which may be at once.</summary>
    NotRunning,

    /// <summary>That its process ends from now on, also where its restart policy starts it again.</summary>
    NextExit,

    /// <summary>That it has been removed.</summary>
    Removed,

    /// <summary>That its health command passes, which may be at once.</summary>
    Healthy,
}
