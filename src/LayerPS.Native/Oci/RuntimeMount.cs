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

    /// <summary>Whose the files are seen to be, see mount_setattr(2), "ID-mapped mounts".</summary>
    public IReadOnlyList<RuntimeIdMapping>? UidMappings { get; set; }

    /// <inheritdoc cref="UidMappings"/>
    public IReadOnlyList<RuntimeIdMapping>? GidMappings { get; set; }
}
