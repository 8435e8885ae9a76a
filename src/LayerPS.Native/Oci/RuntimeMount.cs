namespace LayerPS.Oci;

/// <summary>
/// One mount (runtime-spec, config.md, "Mounts"). A first entry with destination <c>/</c> and type <c>overlay</c> is the
/// root itself; its options are those of the kernel's overlay, one <c>lowerdir+=</c> per layer, topmost first.
/// </summary>
internal sealed record RuntimeMount
{
    public required string Destination { get; init; }

    public string? Type { get; set; }

    public string? Source { get; set; }

    public IReadOnlyList<string> Options { get; set; } = [];
}
