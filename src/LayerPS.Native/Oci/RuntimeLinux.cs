namespace LayerPS.Oci;

/// <summary>The Linux part of the configuration (runtime-spec, config-linux.md).</summary>
internal sealed record RuntimeLinux
{
    public IReadOnlyList<RuntimeNamespace> Namespaces { get; init; } = [];

    public string? CgroupsPath { get; init; }

    public IReadOnlyList<string> MaskedPaths { get; init; } = [];

    public IReadOnlyList<string> ReadonlyPaths { get; init; } = [];
}
