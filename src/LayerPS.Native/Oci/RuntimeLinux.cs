namespace LayerPS.Oci;

/// <summary>The Linux part of the configuration (runtime-spec, config-linux.md).</summary>
internal sealed record RuntimeLinux
{
    public IReadOnlyList<RuntimeNamespace> Namespaces { get; set; } = [];

    public string? CgroupsPath { get; set; }

    public RuntimeResources? Resources { get; set; }

    public IReadOnlyList<string> MaskedPaths { get; set; } = [];

    public IReadOnlyList<string> ReadonlyPaths { get; set; } = [];
}
