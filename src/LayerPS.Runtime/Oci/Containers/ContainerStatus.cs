namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Where a container is in its life (runtime-spec, runtime.md, "State").</summary>
internal enum ContainerStatus
{
    /// <summary>Somebody is creating it.</summary>
    Creating,

    /// <summary>It waits for its start.</summary>
    Created,

    Running,

    /// <summary>It is halted.</summary>
    Paused,

    /// <summary>Its process has ended.</summary>
    Stopped,
}
