namespace LayerPS.Oci;

/// <summary>What is executed, and as whom (runtime-spec, config.md, "Process").</summary>
internal sealed record RuntimeProcess
{
    public required IReadOnlyList<string> Args { get; init; }

    public IReadOnlyList<string> Env { get; init; } = [];

    public required string Cwd { get; init; }

    public RuntimeUser User { get; init; } = new();

    public RuntimeCapabilities? Capabilities { get; init; }

    public IReadOnlyList<RuntimeLimit> Rlimits { get; init; } = [];

    public bool NoNewPrivileges { get; init; }
}
