namespace LayerPS;

/// <summary>What can happen to a container.</summary>
public enum ContainerEventKind
{
    /// <summary>It was made.</summary>
    Create,

    /// <summary>Its process was started, by a person or by its restart policy.</summary>
    Start,

    /// <summary>Its process ended, or could not be started; there is an exit code, unless nobody saw the end.</summary>
    Die,

    /// <summary>It was sent a signal.</summary>
    Kill,

    /// <summary>It has ended as it was stopped.</summary>
    Stop,

    /// <summary>It was stopped and started in one.</summary>
    Restart,

    /// <summary>Its processes were halted.</summary>
    Pause,

    /// <summary>Its processes go on.</summary>
    Unpause,

    /// <summary>It got another name; the detail is the one that it had.</summary>
    Rename,

    /// <summary>It was removed.</summary>
    Destroy,

    /// <summary>Its health changed; the detail is what it is now.</summary>
    HealthStatus,

    /// <summary>Its limits or its restart policy were changed.</summary>
    Update,
}
