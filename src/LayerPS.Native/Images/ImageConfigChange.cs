namespace LayerPS;

/// <summary>What is to be different in an image's configuration. What is null or empty stays as it is.</summary>
public sealed record ImageConfigChange
{
    /// <summary>Another default command; empty for none.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Another entrypoint; empty for none.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>KEY=VALUE, besides the others or instead of those with the same key.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>Another user; empty for root.</summary>
    public string? User { get; init; }

    /// <summary>Another directory to start in; empty for the root.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Labels besides the others or instead of those with the same name.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>port[/protocol], besides the others.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary>Directories that are volumes, besides the others.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    /// <summary>Another signal that asks a container to end.</summary>
    public string? StopSignal { get; init; }

    /// <summary>The configuration with the change made.</summary>
    public ImageConfig ApplyTo(ImageConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config with
        {
            Cmd = Cmd ?? config.Cmd,
            Entrypoint = Entrypoint ?? config.Entrypoint,
            Env = Merge(config.Env),
            User = User is null ? config.User : User.Length == 0 ? null : User,
            WorkingDir = WorkingDir is null ? config.WorkingDir : WorkingDir.Length == 0 ? null : WorkingDir,
            Labels = config.Labels.Concat(Labels)
                .GroupBy(static label => label.Key).ToDictionary(static same => same.Key, static same => same.Last().Value),
            ExposedPorts = [.. config.ExposedPorts.Union(ExposedPorts)],
            Volumes = [.. config.Volumes.Union(Volumes)],
            StopSignal = StopSignal ?? config.StopSignal,
        };
    }

    private IReadOnlyList<string> Merge(IReadOnlyList<string> variables)
    {
        OrderedDictionary<string, string> merged = [];
        foreach (string variable in variables.Concat(Env)) merged[variable.Split('=', 2)[0]] = variable;
        return [.. merged.Values];
    }
}
