namespace LayerPS.Oci;

/// <summary>A namespace to make anew (runtime-spec, config-linux.md, "Namespaces").</summary>
internal sealed record RuntimeNamespace
{
    public required string Type { get; init; }
}
