using System.Globalization;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Seccomp;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Writes down, as an OCI runtime configuration, how a container is run.</summary>
internal static class ContainerSpecification
{
    private const string DescriptorLimit = "RLIMIT_NOFILE";

    // .NET raises its own soft limit to the hard one; a container gets what programs expect, see getrlimit(2).
    private const ulong DescriptorSoftLimit = 1024;

    /// <param name="layout">The store.</param>
    /// <param name="container">The container.</param>
    /// <param name="lowers">The directories of its image's layers, the topmost first.</param>
    /// <param name="size">That of the terminal at first, where the container has one; null for none.</param>
    /// <exception cref="EngineException">
    /// ContainerOptionInvalid: this machine cannot give a capability; SeccompProfileNotFound, SeccompProfileInvalid,
    /// SeccompUnavailable; ContainerNotFound, ContainerNotRunning: one whose namespaces it is to have.
    /// </exception>
    internal static RuntimeSpec Write(
        StoreLayout layout, Container container, IReadOnlyList<string> lowers, TerminalSize? size = null)
    {
        ContainerConfig config = container.Config;
        var security = SecurityOption.Parse(config.SecurityOptions);
        string[] capabilities = ContainerCapabilities.Of(config);
        Dictionary<string, string> annotations = [];
        RuntimeNamespace[] namespaces = ContainerNamespaces.Of(layout, container, annotations);
        if (config.User is { } user) annotations[RuntimeSpec.UserAnnotation] = user;
        if (config.AutoRemove) annotations[RuntimeSpec.AutoRemoveAnnotation] = "true";
        if (config.Interactive) annotations[RuntimeSpec.OpenInputAnnotation] = "true";
        if (config.HealthCheck is { } check) annotations[RuntimeSpec.HealthAnnotation] = HealthPlan.Of(check).ToText();
        if (config.Init) annotations[RuntimeSpec.InitAnnotation] = "true";
        LogLimits log = new(config.LogSize, config.LogCount);
        if (log != LogLimits.Default) annotations[RuntimeSpec.LogAnnotation] = log.ToString();
        if (container.Policy is { Condition: not RestartCondition.No } policy)
        {
            annotations[RuntimeSpec.RestartPolicyAnnotation] = policy.ToString();
            annotations[RuntimeSpec.RestartCountAnnotation] = container.RestartCount.ToString(CultureInfo.InvariantCulture);
        }

        if (security.Filtered && !config.Privileged)
            annotations[RuntimeSpec.SeccompAnnotation] = new SeccompFilterCache(layout).PathOf(security.Profile, capabilities);

        DeviceText[] devices = [.. config.Devices.Select(DeviceText.Parse)];
        RuntimeDevice[] nodes = [.. devices.Select(static device => device.Find())];
        return new RuntimeSpec
        {
            OciVersion = RuntimeSpec.Version,
            Process = new RuntimeProcess
            {
                Args = [.. config.Entrypoint, .. config.Command],
                Env = config.Tty ? ContainerConfigMerge.WithTerminal(config.Environment) : config.Environment,
                Terminal = config.Tty,
                ConsoleSize = size is { } shown ? new RuntimeSize { Height = shown.Rows, Width = shown.Columns } : null,
                Cwd = config.WorkingDirectory,
                Capabilities = ContainerCapabilities.Sets(capabilities),
                NoNewPrivileges = security.NoNewPrivileges,
                Rlimits = LimitsOf(config),
                OomScoreAdj = config.OomScoreAdjust,
            },
            Root = new RuntimeRoot { Path = ContainerFiles.Root, Readonly = config.ReadOnly },
            Hostname = config.Hostname,
            Mounts = [Union(layout, container, lowers), .. ContainerMounts.Of(layout, container)],
            Linux = new RuntimeLinux
            {
                Namespaces = namespaces,
                UidMappings = MappingsOf(config),
                GidMappings = MappingsOf(config),
                CgroupsPath = container.CgroupPath,
                Resources = LimitRules.ToRuntime(
                    config.Limits,
                    config.Privileged ? null : [.. DefaultDevices.Rules, .. devices.Zip(nodes, static (device, node) => device.RuleOf(node))]),
                Devices = nodes,
                Sysctl = config.Sysctls,
                MaskedPaths = config.Privileged ? [] : ProtectedPaths.Masked,
                ReadonlyPaths = config.Privileged ? [] : ProtectedPaths.ReadOnly,
            },
            Annotations = annotations,
        };
    }

    private static RuntimeIdMapping[]? MappingsOf(ContainerConfig config)
    {
        if (config.UserNamespace is null) return null;
        var mapping = UserMapping.Parse(config.UserNamespace);
        return [new RuntimeIdMapping { HostID = mapping.First, Size = mapping.Count }];
    }

    private static RuntimeLimit[] LimitsOf(ContainerConfig config)
    {
        (_, ulong hard) = ResourceLimits.Get(DescriptorLimit);
        RuntimeLimit files = new() { Type = DescriptorLimit, Soft = Math.Min(DescriptorSoftLimit, hard), Hard = hard };
        return
        [
            .. config.Ulimits.Select(UlimitText.Parse).Prepend(files)
                .GroupBy(static limit => limit.Type).Select(static same => same.Last()),
        ];
    }

    private static RuntimeMount Union(StoreLayout layout, Container container, IReadOnlyList<string> lowers)
    {
        string[] mountPoints = [.. HiddenMountPoints.In(container.Directory), layout.MountPoints];
        List<string> options = [.. lowers.Concat(mountPoints).Select(static lower => "lowerdir+=" + lower)];
        options.Add("upperdir=" + container.UpperPath);
        options.Add("workdir=" + Path.Combine(container.Directory, ContainerFiles.Work));
        if (container.Config.AutoRemove) options.Add("volatile");
        return new RuntimeMount { Destination = "/", Type = "overlay", Source = "overlay", Options = options };
    }
}
