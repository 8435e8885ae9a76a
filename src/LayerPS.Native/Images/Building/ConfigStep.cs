using LayerPS.Dockerfiles;
using LayerPS.Linux;

namespace LayerPS.Images;

/// <summary>What the instructions that make no files change in the configuration.</summary>
internal static class ConfigStep
{
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static ImageConfig Apply(Instruction instruction, StageState state)
    {
        ImageConfig config = state.Config;
        WordExpansion expansion = state.Expansion;
        return instruction switch
        {
            // A command of the base image means nothing to another entrypoint.
            EntrypointInstruction entrypoint => config with
            {
                Entrypoint = entrypoint.Command.ToArguments(state.Shell),
                Cmd = state.IsCommandOwn ? config.Cmd : [],
            },
            CmdInstruction cmd => Own(state, config with { Cmd = cmd.Command.ToArguments(state.Shell) }),
            EnvInstruction env => config with { Env = Merge(config.Env, env.Pairs, expansion) },
            LabelInstruction label => config with { Labels = Merge(config.Labels, label.Pairs, expansion) },
            ExposeInstruction expose => config with
            {
                ExposedPorts = [.. config.ExposedPorts.Concat(expose.Ports.SelectMany(port => PortText.Read(port, expansion)))
                    .Distinct().Order(StringComparer.Ordinal)],
            },
            VolumeInstruction volume => config with
            {
                Volumes = [.. config.Volumes.Concat(volume.Paths.Select(path => NotEmpty(path, expansion))).Distinct()
                    .Order(StringComparer.Ordinal)],
            },
            UserInstruction user => config with { User = NotEmpty(user.Value, expansion) },
            StopSignalInstruction stop => config with { StopSignal = SignalOf(stop.Signal, expansion) },
            ShellInstruction shell => config with { Shell = shell.Shell },
            OnbuildInstruction onbuild => config with { OnBuild = [.. config.OnBuild, onbuild.Trigger] },
            HealthcheckInstruction check => config with { Healthcheck = CheckOf(check) },
            MaintainerInstruction maintainer => Author(state, expansion.Expand(maintainer.Value)),
            _ => throw instruction.Fault($"{instruction.Keyword} does not stand here"),
        };
    }

    private static ImageConfig Own(StageState state, ImageConfig config)
    {
        state.IsCommandOwn = true;
        return config;
    }

    private static ImageConfig Author(StageState state, string author)
    {
        state.Below = state.Below with { Spec = state.Below.Spec with { Author = author } };
        return state.Config;
    }

    private static string NotEmpty(Word word, WordExpansion expansion)
    {
        string text = expansion.Expand(word);
        return text.Length > 0 ? text : throw word.Fault($"'{word.Raw}' is empty");
    }

    private static string SignalOf(Word word, WordExpansion expansion)
    {
        string signal = NotEmpty(word, expansion);
        if (Signals.TryParse(signal, out _)) return signal;
        string? nearest = NearestName.Of(signal.ToUpperInvariant(), Signals.All);
        throw word.Fault($"there is no signal '{signal}'" + (nearest is null ? "" : $". Did you mean {nearest}?"));
    }

    private static List<string> Merge(IReadOnlyList<string> env, IReadOnlyList<NameValue> pairs, WordExpansion expansion)
    {
        List<string> merged = [.. env];
        foreach (NameValue pair in pairs)
        {
            string name = NotEmpty(pair.Name, expansion), entry = $"{name}={expansion.Expand(pair.Value)}";
            int at = merged.FindIndex(other => other.StartsWith(name + '=', StringComparison.Ordinal));
            if (at < 0) merged.Add(entry);
            else merged[at] = entry;
        }

        return merged;
    }

    private static Dictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> labels, IReadOnlyList<NameValue> pairs, WordExpansion expansion)
    {
        Dictionary<string, string> merged = new(labels);
        foreach (NameValue pair in pairs) merged[NotEmpty(pair.Name, expansion)] = expansion.Expand(pair.Value);
        return merged;
    }

    private static ImageHealthcheck CheckOf(HealthcheckInstruction check) => new()
    {
        Test = check.Command is not { } command ? ["NONE"]
            : command.IsShell ? ["CMD-SHELL", command.Words[0]]
            : ["CMD", .. command.Words],
        Interval = check.Interval, Timeout = check.Timeout, StartPeriod = check.StartPeriod,
        StartInterval = check.StartInterval, Retries = check.Retries,
    };
}
