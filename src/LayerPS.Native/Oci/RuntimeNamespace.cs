namespace LayerPS.Oci;

/// <summary>A namespace to make anew, or to join where it has a path (runtime-spec, config-linux.md, "Namespaces").</summary>
internal sealed record RuntimeNamespace
{
    public required string Type { get; init; }

    /// <summary>Its file in /proc; null for a new one.</summary>
    public string? Path { get; set; }
}
