namespace LayerPS.Containers;

/// <summary>After which ends a container is started again.</summary>
internal enum RestartCondition
{
    /// <summary>After none.</summary>
    No,

    /// <summary>After an exit code other than 0.</summary>
    OnFailure,

    /// <summary>After every end but one that the user asked for; and after that one when the host has restarted.</summary>
    Always,

    /// <summary>After every end but one that the user asked for.</summary>
    UnlessStopped,
}
