namespace LayerPS.Containers;

/// <summary>Tells apart again what <see cref="ContainerConfigMerge"/> put together.</summary>
internal static class ContainerTwin
{
    internal static ContainerOptions OptionsOf(Container container, ImageConfig image)
    {
        ContainerConfig config = container.Config;
        string hostname = ContainerConfigMerge.HostnameVariable(config.Hostname);
        string[] variables = [.. config.Environment.Where(variable => variable != hostname)];

        // A variable that is asked for by its name alone is taken out.
        IEnumerable<string> takenOut = image.Env.Prepend(ContainerConfigMerge.DefaultPath)
            .Select(ContainerConfigMerge.KeyOf).Except(config.Environment.Select(ContainerConfigMerge.KeyOf));
        return new ContainerOptions
        {
            Command = config.Command,
            Entrypoint = config.Entrypoint,
            Environment = [.. takenOut, .. variables],
            WorkingDirectory = config.WorkingDirectory,
            User = config.User,
            Hostname = IsHostnameMadeUp(container) ? null : config.Hostname,
            Labels = config.Labels,
            StopSignal = config.StopSignal,
            StopTimeout = config.StopTimeout,
            Network = config.Network,
            NetworkContainer = config.NetworkContainer,
            LogSize = config.LogSize,
            LogCount = config.LogCount,
            RestartPolicy = config.RestartPolicy,
            HealthCheck = config.HealthCheck ?? HealthCheckRules.None,
            AutoRemove = config.AutoRemove,
            Interactive = config.Interactive,
            Tty = config.Tty,
            Mounts = [.. config.Mounts.Select(static mount => mount.IsAnonymous ? mount with { Source = null } : mount)],
            ExtraHosts = config.ExtraHosts,
            ReadOnly = config.ReadOnly,
            Init = config.Init,
            CapabilityAdd = config.CapabilityAdd,
            CapabilityDrop = config.CapabilityDrop,
            SecurityOptions = config.SecurityOptions,
            Privileged = config.Privileged,
            PidMode = config.PidMode,
            IpcMode = config.IpcMode,
            UtsMode = config.UtsMode,
            UserNamespace = config.UserNamespace,
            Limits = config.Limits,
            Ulimits = config.Ulimits,
            ShmSize = config.ShmSize,
            Devices = config.Devices,
            Sysctls = config.Sysctls,
            OomScoreAdjust = config.OomScoreAdjust,
            CgroupParent = config.CgroupParent,
        };
    }

    /// <summary>What an image's containers run with so that they do what this one does.</summary>
    /// <param name="container">The container.</param>
    /// <param name="image">The configuration of the image that it was made from.</param>
    internal static ImageConfig ImageConfigOf(Container container, ImageConfig image)
    {
        ContainerConfig config = container.Config;
        string hostname = ContainerConfigMerge.HostnameVariable(config.Hostname);
        return image with
        {
            Cmd = config.Command,
            Entrypoint = config.Entrypoint,
            Env = [.. config.Environment.Where(variable => variable != hostname)],
            User = config.User,
            // What was made up where the image said nothing is made up again.
            WorkingDir = config.WorkingDirectory == "/" && image.WorkingDir is null ? null : config.WorkingDirectory,
            Labels = config.Labels,
            Healthcheck = HealthCheckOf(config, image),
            StopSignal = config.StopSignal == ContainerConfigMerge.DefaultStopSignal && image.StopSignal is null
                ? null
                : config.StopSignal,
        };
    }

    // Where the container does as its image says, so does the new one.
    private static ImageHealthcheck? HealthCheckOf(ContainerConfig config, ImageConfig image) =>
        HealthPlan.IsSame(config.HealthCheck, HealthCheckRules.Merge(image, asked: null))
            ? image.Healthcheck
            : config.HealthCheck ?? HealthCheckRules.None;

    private static bool IsHostnameMadeUp(Container container) =>
        container.Config.Network == ContainerNetwork.Host || container.Config.NetworkContainer is not null
        || container.Config.UtsMode is not null || container.Config.Hostname == container.ShortId;
}
