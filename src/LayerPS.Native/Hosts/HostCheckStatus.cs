namespace LayerPS;

/// <summary>How a check of the host came out.</summary>
public enum HostCheckStatus
{
    /// <summary>The host can do it.</summary>
    Passed,

    /// <summary>Containers run; the part of LayerPS that needs this does not work, or not well.</summary>
    Warning,

    /// <summary>Containers cannot run.</summary>
    Failed,
}
