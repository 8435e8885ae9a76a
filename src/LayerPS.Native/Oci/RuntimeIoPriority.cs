namespace LayerPS.Oci;

/// <summary>The process's priority at the disks, see ioprio_set(2) (runtime-spec, config.md, "ioPriority").</summary>
internal sealed record RuntimeIoPriority
{
    /// <summary>IOPRIO_CLASS_RT, IOPRIO_CLASS_BE or IOPRIO_CLASS_IDLE.</summary>
    public required string Class { get; init; }

    public int Priority { get; set; }
}
