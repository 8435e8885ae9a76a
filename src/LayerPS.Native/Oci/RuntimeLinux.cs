using LayerPS.Seccomp;

namespace LayerPS.Oci;

/// <summary>The Linux part of the configuration (runtime-spec, config-linux.md).</summary>
internal sealed record RuntimeLinux
{
    public IReadOnlyList<RuntimeNamespace> Namespaces { get; set; } = [];

    /// <summary>Its users, where they are not those of the host.</summary>
    public IReadOnlyList<RuntimeIdMapping>? UidMappings { get; set; }

    /// <summary>Its groups.</summary>
    public IReadOnlyList<RuntimeIdMapping>? GidMappings { get; set; }

    /// <summary>What the clocks <c>monotonic</c> and <c>boottime</c> of a new time namespace are ahead by.</summary>
    public IReadOnlyDictionary<string, RuntimeTimeOffset>? TimeOffsets { get; set; }

    public string? CgroupsPath { get; set; }

    public RuntimeResources? Resources { get; set; }

    /// <summary>Nodes besides those that every container has.</summary>
    public IReadOnlyList<RuntimeDevice> Devices { get; set; } = [];

    /// <summary>Parameters of the kernel in the container's namespaces, see sysctl(8).</summary>
    public IReadOnlyDictionary<string, string> Sysctl { get; set; } = new Dictionary<string, string>();

    /// <summary>Which system calls its processes can make; null for all.</summary>
    public SeccompProfile? Seccomp { get; set; }

    /// <summary>shared, slave, private, unbindable, or one of them with an r before it.</summary>
    public string? RootfsPropagation { get; set; }

    public RuntimePersonality? Personality { get; set; }

    /// <summary>The label of SELinux on the mounts.</summary>
    public string? MountLabel { get; set; }

    /// <summary>Caches and bandwidth by the processor; what is in it is of no matter here.</summary>
    public System.Text.Json.JsonElement? IntelRdt { get; set; }

    public IReadOnlyList<string> MaskedPaths { get; set; } = [];

    public IReadOnlyList<string> ReadonlyPaths { get; set; } = [];
}
