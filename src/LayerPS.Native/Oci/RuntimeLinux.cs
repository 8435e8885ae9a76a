namespace LayerPS.Oci;

/// <summary>The Linux part of the configuration (runtime-spec, config-linux.md).</summary>
internal sealed record RuntimeLinux
{
    public IReadOnlyList<RuntimeNamespace> Namespaces { get; set; } = [];

    /// <summary>Its users, where they are not those of the host.</summary>
    public IReadOnlyList<RuntimeIdMapping>? UidMappings { get; set; }

    /// <summary>Its groups.</summary>
    public IReadOnlyList<RuntimeIdMapping>? GidMappings { get; set; }

    public string? CgroupsPath { get; set; }

    public RuntimeResources? Resources { get; set; }

    /// <summary>Nodes besides those that every container has.</summary>
    public IReadOnlyList<RuntimeDevice> Devices { get; set; } = [];

    /// <summary>Parameters of the kernel in the container's namespaces, see sysctl(8).</summary>
    public IReadOnlyDictionary<string, string> Sysctl { get; set; } = new Dictionary<string, string>();

    public IReadOnlyList<string> MaskedPaths { get; set; } = [];

    public IReadOnlyList<string> ReadonlyPaths { get; set; } = [];
}
