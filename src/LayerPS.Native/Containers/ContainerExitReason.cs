namespace LayerPS;

/// <summary>Why a container does not run any more.</summary>
public enum ContainerExitReason
{
    /// <summary>It runs, or never ran.</summary>
    None,

    /// <summary>The process ended by itself.</summary>
    Exited,

    /// <summary>A signal ended the process.</summary>
    Signaled,

    /// <summary>The kernel killed it, or what it waited for, as the container had no memory left.</summary>
    OutOfMemory,

    /// <summary>The process could not be started.</summary>
    StartFailed,

    /// <summary>The monitor was killed or the host restarted, so nobody saw the end; there is no exit code.</summary>
    Lost,
}
