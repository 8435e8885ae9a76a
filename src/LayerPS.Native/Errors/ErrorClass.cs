namespace LayerPS;

/// <summary>
/// What sort of failure an error is. The names are those of PowerShell's ErrorCategory, so that a cmdlet can carry
/// them over by name while the engine stays free of PowerShell.
/// </summary>
public enum ErrorClass
{
    /// <summary>No better class fits.</summary>
    NotSpecified,

    /// <summary>A parameter or file has a value that cannot be used.</summary>
    InvalidArgument,

    /// <summary>Data from outside, an archive or a record, is not what its format says.</summary>
    InvalidData,

    /// <summary>The object is in a state that does not allow the operation.</summary>
    InvalidOperation,

    /// <summary>No object answers to that name.</summary>
    ObjectNotFound,

    /// <summary>The object or name exists already.</summary>
    ResourceExists,

    /// <summary>Something else uses the object at this moment.</summary>
    ResourceBusy,

    /// <summary>This user may not do that.</summary>
    PermissionDenied,

    /// <summary>This kernel or host lacks what the operation needs.</summary>
    NotInstalled,

    /// <summary>The operation did not end in its time.</summary>
    OperationTimeout,

    /// <summary>A container's process could not be started, or ended badly.</summary>
    OperationStopped,

    /// <summary>Reading failed.</summary>
    ReadError,

    /// <summary>Writing failed.</summary>
    WriteError,
}
