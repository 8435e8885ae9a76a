using LayerPS.Linux;

namespace LayerPS.Containers;

/// <summary>Puts together what an image says and what a person asked for (image-spec, conversion.md).</summary>
internal static class ContainerConfigMerge
{
    internal const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private const string DefaultTerminal = "TERM=xterm";
    internal const string DefaultStopSignal = "SIGTERM";
    private const double DefaultStopTimeout = 10;

    /// <exception cref="EngineException">ContainerCommandMissing, ContainerOptionInvalid.</exception>
    internal static ContainerConfig Merge(ImageConfig image, ContainerOptions options, string shortId)
    {
        // Another entrypoint than the image's makes the image's command meaningless.
        bool ownEntrypoint = options.Entrypoint is not null;
        IReadOnlyList<string> entrypoint = options.Entrypoint ?? image.Entrypoint;
        IReadOnlyList<string> command = options.Command.Count > 0 || ownEntrypoint ? options.Command : image.Cmd;
        if (entrypoint.Count + command.Count == 0)
        {
            throw new EngineException(
                EngineErrors.ContainerCommandMissing, "There is no command to run: none was given, and the image has none.");
        }

        string hostname = options.Hostname
            ?? (options.Network == ContainerNetwork.Host ? ContainerHostname.OfHost() : null) ?? shortId;
        CheckProcess(entrypoint.Concat(command), options.Environment, options.WorkingDirectory);
        Check(options, hostname);
        return new ContainerConfig
        {
            Entrypoint = entrypoint,
            Command = command,
            Environment = MergeEnvironment([DefaultPath, HostnameVariable(hostname), .. image.Env], options.Environment),
            WorkingDirectory = options.WorkingDirectory ?? image.WorkingDir ?? "/",
            User = options.User ?? image.User,
            Hostname = hostname,
            Labels = image.Labels.Concat(options.Labels)
                .GroupBy(static label => label.Key).ToDictionary(static g => g.Key, static g => g.Last().Value),
            StopSignal = options.StopSignal ?? image.StopSignal ?? DefaultStopSignal,
            StopTimeout = options.StopTimeout ?? DefaultStopTimeout,
            Network = options.Network,
            NetworkContainer = options.NetworkContainer,
            LogSize = options.LogSize ?? LogLimits.Default.Size,
            LogCount = options.LogCount ?? LogLimits.Default.Count,
            RestartPolicy = CheckPolicy(options).ToString(),
            AutoRemove = options.AutoRemove,
            Interactive = options.Interactive,
            Tty = options.Tty,
            HealthCheck = options.IsBuildStep ? null : HealthCheckRules.Merge(image, options.HealthCheck),
            Mounts = MountRules.Merge(options.IsBuildStep ? [] : image.Volumes, options.Mounts),
            ExtraHosts = [.. options.ExtraHosts.Select(ExtraHost.Check)],
            ReadOnly = options.ReadOnly,
            Init = options.Init,
            CapabilityAdd = options.CapabilityAdd,
            CapabilityDrop = options.CapabilityDrop,
            SecurityOptions = options.SecurityOptions,
            Privileged = options.Privileged,
            PidMode = options.PidMode,
            IpcMode = options.IpcMode,
            UtsMode = options.UtsMode,
            UserNamespace = UserMappingRules.Check(options),
            Limits = LimitRules.Normalize(options.Limits),
            Ulimits = options.Ulimits,
            ShmSize = options.ShmSize,
            Devices = options.Devices,
            Sysctls = options.Sysctls,
            OomScoreAdjust = options.OomScoreAdjust,
            CgroupParent = LimitRules.CheckParent(options.CgroupParent),
        };
    }

    /// <param name="given">KEY=VALUE; of two with the same key the later one counts.</param>
    /// <param name="asked">The same; KEY alone takes the variable out.</param>
    internal static string[] MergeEnvironment(IEnumerable<string> given, IEnumerable<string> asked)
    {
        OrderedDictionary<string, string> merged = [];
        foreach (string entry in given.Concat(asked))
        {
            string key = KeyOf(entry);
            if (key.Length == entry.Length) merged.Remove(key);
            else merged[key] = entry;
        }

        return [.. merged.Values];
    }

    /// <summary>The environment of a process that has a terminal: it says which kind of one, unless it does already.</summary>
    internal static IReadOnlyList<string> WithTerminal(IReadOnlyList<string> environment) =>
        MergeEnvironment([DefaultTerminal], environment);

    /// <summary>Refuses what no process can be given.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static void CheckProcess(
        IEnumerable<string> command, IReadOnlyList<string> environment, string? workingDirectory)
    {
        if (command.Concat(environment).FirstOrDefault(static text => text.Contains('\0')) is { } text)
            throw Invalid($"'{text.Replace("\0", "\\0", StringComparison.Ordinal)}' has a NUL character, which no process can be given.");
        if (environment.FirstOrDefault(static e => KeyOf(e).Length == 0) is { } nameless)
            throw Invalid($"The variable '{nameless}' has no name; write KEY=VALUE.");
        if (workingDirectory is { } directory && !directory.StartsWith('/'))
            throw Invalid($"The working directory '{directory}' is no absolute path; begin it with '/'.");
    }

    private static void Check(ContainerOptions options, string hostname)
    {
        if (!ContainerHostname.IsValid(hostname))
        {
            throw Invalid(
                $"'{hostname}' is no host name: 1 to {ContainerHostname.MaximumLength} letters, digits, '-', '_' and '.'.");
        }

        if (options.StopSignal is { } signal) _ = ParseSignal(signal);
        _ = ContainerCapabilities.Of(options.Privileged, options.CapabilityAdd, options.CapabilityDrop);
        SecurityOption.Check(options.SecurityOptions);
        LimitRules.Check(options.Limits);
        foreach (string limit in options.Ulimits) _ = UlimitText.Parse(limit);
        foreach (string device in options.Devices) _ = DeviceText.Parse(device).Find();
        SysctlRules.Check(options);

        if (options.ShmSize < 1) throw Invalid($"Shared memory of {options.ShmSize} bytes is none: give 1 or more.");
        if (options.OomScoreAdjust is < -1000 or > 1000)
            throw Invalid($"{options.OomScoreAdjust} is no score: give -1000 to 1000, see proc_pid_oom_score_adj(5).");
        if (options.LogSize < 0) throw Invalid($"A log of {options.LogSize} bytes is none: give 0 for one without limit, or more.");
        if (options.LogCount < 1) throw Invalid($"A log of {options.LogCount} files is none: give 1 or more.");
        if (options.StopTimeout is < 0 or > int.MaxValue or double.NaN)
            throw Invalid($"The stop timeout of {options.StopTimeout} seconds is none: give 0 or more.");
    }

    /// <summary>The restart policy; none where a later version wrote one that is not known here.</summary>
    internal static RestartPolicy PolicyOf(ContainerConfig config) =>
        RestartPolicy.TryParse(config.RestartPolicy, out RestartPolicy? policy) ? policy : RestartPolicy.Never;

    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    internal static RestartPolicy CheckPolicy(ContainerOptions options)
    {
        if (options.RestartPolicy is not { Length: > 0 } text) return RestartPolicy.Never;
        if (!RestartPolicy.TryParse(text, out RestartPolicy? policy))
            throw Invalid($"'{text}' is no restart policy: give No, OnFailure, OnFailure:3, Always or UnlessStopped.");
        if (options.AutoRemove && policy.Condition != RestartCondition.No)
            throw Invalid($"A container with the restart policy {policy} cannot be one that is removed when it has ended.");
        return policy;
    }

    /// <summary>The number of a signal, given by name or number.</summary>
    /// <exception cref="EngineException">ContainerOptionInvalid: there is no such signal.</exception>
    internal static int ParseSignal(string signal)
    {
        if (Signals.TryParse(signal, out int number)) return number;
        string? nearest = NearestName.Of(signal.ToUpperInvariant(), Signals.All);
        throw Invalid($"There is no signal '{signal}'.{(nearest is null ? "" : $" Did you mean {nearest}?")}");
    }

    internal static string HostnameVariable(string hostname) => "HOSTNAME=" + hostname;

    internal static string KeyOf(string entry)
    {
        int equals = entry.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? entry : entry[..equals];
    }

    private static EngineException Invalid(string message) => new(EngineErrors.ContainerOptionInvalid, message);
}
