namespace LayerPS.Oci;

/// <summary>The five capability sets by name, see capabilities(7) (runtime-spec, config.md, "Linux Process").</summary>
internal sealed record RuntimeCapabilities
{
    public IReadOnlyList<string> Bounding { get; set; } = [];

    public IReadOnlyList<string> Effective { get; set; } = [];

    public IReadOnlyList<string> Permitted { get; set; } = [];

    public IReadOnlyList<string> Inheritable { get; set; } = [];

    public IReadOnlyList<string> Ambient { get; set; } = [];
}
