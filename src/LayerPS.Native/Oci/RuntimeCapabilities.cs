namespace LayerPS.Oci;

/// <summary>The five capability sets by name, see capabilities(7) (runtime-spec, config.md, "Linux Process").</summary>
internal sealed record RuntimeCapabilities
{
    public IReadOnlyList<string> Bounding { get; init; } = [];

    public IReadOnlyList<string> Effective { get; init; } = [];

    public IReadOnlyList<string> Permitted { get; init; } = [];

    public IReadOnlyList<string> Inheritable { get; init; } = [];

    public IReadOnlyList<string> Ambient { get; init; } = [];
}
