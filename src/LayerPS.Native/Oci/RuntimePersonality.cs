namespace LayerPS.Oci;

/// <summary>The execution domain, see personality(2) (runtime-spec, config-linux.md, "Personality").</summary>
internal sealed record RuntimePersonality
{
    /// <summary>LINUX or LINUX32.</summary>
    public required string Domain { get; init; }

    public IReadOnlyList<string> Flags { get; set; } = [];
}
