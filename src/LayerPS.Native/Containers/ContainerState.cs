namespace LayerPS;

/// <summary>Where a container is in its life.</summary>
public enum ContainerState
{
    /// <summary>Made, and never run; or its start failed.</summary>
    Created,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its processes are frozen.</summary>
    Paused,

    /// <summary>Its process ended and is about to be started again by the restart policy.</summary>
    Restarting,

    /// <summary>Its process ended.</summary>
    Exited,

    /// <summary>It is being removed.</summary>
    Removing,
}
