namespace LayerPS.Oci;

/// <summary>What is executed, and as whom (runtime-spec, config.md, "Process").</summary>
internal sealed record RuntimeProcess
{
    public required IReadOnlyList<string> Args { get; init; }

    public IReadOnlyList<string> Env { get; set; } = [];

    /// <summary>Its standard streams are a terminal.</summary>
    public bool Terminal { get; set; }

    /// <summary>The size of the terminal at first; null for none.</summary>
    public RuntimeSize? ConsoleSize { get; set; }

    public required string Cwd { get; init; }

    public RuntimeUser User { get; set; } = new();

    public RuntimeCapabilities? Capabilities { get; set; }

    public IReadOnlyList<RuntimeLimit> Rlimits { get; set; } = [];

    /// <summary>See proc_pid_oom_score_adj(5); null leaves that of whoever starts it.</summary>
    public int? OomScoreAdj { get; set; }

    public bool NoNewPrivileges { get; set; }
}
