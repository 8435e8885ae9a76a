namespace LayerPS.Seccomp;

/// <summary>
/// Which system calls a container may make, in docker's format for it: rules for calls by name, and what becomes of those
/// that no rule names.
/// </summary>
internal sealed record SeccompProfile
{
    public required string DefaultAction { get; init; }

    /// <summary>The error number of the default action; null for EPERM.</summary>
    public uint? DefaultErrnoRet { get; set; }

    /// <summary>The architectures, where the file is for one machine; <see cref="ArchMap"/> goes before it.</summary>
    public IReadOnlyList<string> Architectures { get; set; } = [];

    /// <summary>For each architecture the others whose programs its machines run as well.</summary>
    public IReadOnlyList<SeccompArchitecture> ArchMap { get; set; } = [];

    /// <summary>SECCOMP_FILTER_FLAG_LOG and others of seccomp(2).</summary>
    public IReadOnlyList<string> Flags { get; set; } = [];

    /// <summary>The socket of the agent that SCMP_ACT_NOTIFY asks.</summary>
    public string? ListenerPath { get; set; }

    /// <summary>What that agent is told besides.</summary>
    public string? ListenerMetadata { get; set; }

    public IReadOnlyList<SeccompRule> Syscalls { get; set; } = [];
}
