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

    public RuntimeScheduler? Scheduler { get; set; }

    public RuntimeIoPriority? IoPriority { get; set; }

    /// <summary>The processors that a further command runs on, first and then; see sched_setaffinity(2).</summary>
    [System.Text.Json.Serialization.JsonPropertyName("execCPUAffinity")]
    public RuntimeAffinity? Affinity { get; set; }

    /// <summary>The profile of AppArmor that it is executed with.</summary>
    public string? ApparmorProfile { get; set; }

    /// <summary>The label of SELinux that it is executed with.</summary>
    public string? SelinuxLabel { get; set; }
}
