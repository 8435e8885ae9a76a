namespace LayerPS.Runtime.Oci.Containers;

/// <summary>What the runtime keeps of a container, in its <c>state.json</c>.</summary>
internal sealed record ContainerRecord
{
    public required string Id { get; init; }

    public required string OciVersion { get; init; }

    /// <summary>Its first process; 0 before there is one.</summary>
    public int Pid { get; set; }

    /// <summary>See <see cref="Linux.ProcessHandle.StartTimeOf"/>.</summary>
    public long PidStartTime { get; set; }

    /// <summary>Whoever creates it.</summary>
    public int CreatorPid { get; set; }

    /// <inheritdoc cref="PidStartTime"/>
    public long CreatorStartTime { get; set; }

    /// <summary>All is done but the start.</summary>
    public bool Ready { get; set; }

    public required string Bundle { get; init; }

    /// <summary>The directory of its root.</summary>
    public required string Rootfs { get; init; }

    /// <summary>Its cgroup, below each hierarchy's mount point.</summary>
    public required string CgroupPath { get; init; }

    /// <summary>The user who created it.</summary>
    public uint Owner { get; set; }

    public DateTimeOffset Created { get; set; }
}
