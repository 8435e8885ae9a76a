namespace LayerPS.Oci;

/// <summary>What is executed, and as whom (runtime-spec, config.md, "Process").</summary>
internal sealed record RuntimeProcess
{
    public required IReadOnlyList<string> Args { get; init; }

    public IReadOnlyList<string> Env { get; set; } = [];

    public required string Cwd { get; init; }

    public RuntimeUser User { get; set; } = new();

    public RuntimeCapabilities? Capabilities { get; set; }

    public IReadOnlyList<RuntimeLimit> Rlimits { get; set; } = [];

    public bool NoNewPrivileges { get; set; }
}
