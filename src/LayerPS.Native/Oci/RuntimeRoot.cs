namespace LayerPS.Oci;

/// <summary>The root file system's directory, relative to the bundle (runtime-spec, config.md, "Root").</summary>
internal sealed record RuntimeRoot
{
    public required string Path { get; init; }

    public bool Readonly { get; set; }
}
