namespace LayerPS.Oci;

/// <summary>How many characters a terminal shows (runtime-spec, config.md, "consoleSize").</summary>
internal sealed record RuntimeSize
{
    public ushort Height { get; init; }

    public ushort Width { get; init; }
}
