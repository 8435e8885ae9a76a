using System.Management.Automation;
using LayerPS.Arguments;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that make a container: its image, its command, and what it runs with.</summary>
public abstract class ContainerMakingCommand : ContainerHealthCommand
{
    private bool _isNameTyped;

    /// <summary>The image; or a container, for a twin of it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity Image { get; set; } = null!;

    /// <summary>The command, or the arguments of the entrypoint; the image's where this is not given.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Cmd")]
    [CommandArgument]
    public string[] Command { get; set; } = [];

    /// <summary>The name of the new container; one is made up where this is not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>What goes before the command, instead of the image's; an empty string for nothing.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [CommandArgument]
    public string[]? Entrypoint { get; set; }

    /// <summary>Environment variables besides the image's: a hashtable, or KEY=VALUE.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Env")]
    [KeyValueArgument]
    public string[] Environment { get; set; } = [];

    /// <summary>Files with environment variables, a line each; -Environment goes before them.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("EnvFile")]
    [ValidateNotNullOrEmpty]
    public string[] EnvironmentFile { get; set; } = [];

    /// <summary>The directory that the process starts in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("WorkingDir")]
    public string? WorkingDirectory { get; set; }

    /// <summary>user[:group], by name or number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? User { get; set; }

    /// <summary>The container's host name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Hostname { get; set; }

    /// <summary>Free words about the container: a hashtable, or KEY=VALUE.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Labels")]
    [KeyValueArgument]
    public string[] Label { get; set; } = [];

    /// <summary>The signal that asks the container to end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SignalCompleter))]
    public string? StopSignal { get; set; }

    /// <summary>How long a stop waits for the container's end, in seconds.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public double? StopTimeout { get; set; }

    /// <summary>When the container is started again after its end.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RestartPolicyCompleter))]
    public string? RestartPolicy { get; set; }

    /// <summary>From how many bytes on the log file is put aside and a new one begun.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SizeArgument]
    public long? LogSize { get; set; }

    /// <summary>How many log files are kept.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? LogCount { get; set; }

    /// <summary>The network that the container sees.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NetworkCompleter))]
    public NetworkIdentity? Network { get; set; }

    /// <summary>Volumes, and files and directories of the host: [source:]destination[:ro].</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Volumes", "Mount")]
    [ValidateNotNullOrEmpty]
    public string[] Volume { get; set; } = [];

    /// <summary>File systems in memory: destination[:option,…].</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] TmpFs { get; set; } = [];

    /// <summary>Names with their addresses for /etc/hosts: name=address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] AddHost { get; set; } = [];

    /// <summary>The container's root cannot be written.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>The container's standard input stays open.</summary>
    [Parameter]
    [Alias("OpenStdin")]
    public SwitchParameter Interactive { get; set; }

    /// <summary>The container has a terminal for its standard streams.</summary>
    [Parameter]
    public SwitchParameter Tty { get; set; }

    /// <summary>The first process passes signals on and waits for processes that nobody waits for.</summary>
    [Parameter]
    public SwitchParameter Init { get; set; }

    /// <summary>Capabilities besides the usual ones; ALL for all that this machine can give.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("CapAdd")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[] CapabilityAdd { get; set; } = [];

    /// <summary>Capabilities that the container does not have; ALL for none but those added.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("CapDrop")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CapabilityCompleter))]
    public string[] CapabilityDrop { get; set; } = [];

    /// <summary>seccomp=unconfined, seccomp=path, no-new-privileges.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SecurityOpt")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SecurityOptionCompleter))]
    public string[] SecurityOption { get; set; } = [];

    /// <summary>No wall but the namespaces.</summary>
    [Parameter]
    public SwitchParameter Privileged { get; set; }

    /// <summary>Whose processes the container sees: Host, Container:name, or Private.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceModeCompleter))]
    public NamespaceIdentity? PidMode { get; set; }

    /// <summary>Whose shared memory, semaphores and queues the container has: Host, Container:name, or Private.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceModeCompleter))]
    public NamespaceIdentity? IpcMode { get; set; }

    /// <summary>Whose host name the container has: Host, Container:name, or Private.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceModeCompleter))]
    public NamespaceIdentity? UtsMode { get; set; }

    /// <summary>Which users of the host the container's are: first:count, or a name of /etc/subuid.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("UsernsMode")]
    [ValidateNotNullOrEmpty]
    public string? UserNamespace { get; set; }

    /// <summary>Limits of the container's process: a hashtable, or name=soft[:hard].</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Ulimits")]
    [KeyValueArgument]
    public string[] Ulimit { get; set; } = [];

    /// <summary>The size of /dev/shm.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SizeArgument]
    public long? ShmSize { get; set; }

    /// <summary>Devices of the host: /dev/name[:/dev/inside][:rwm].</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Devices")]
    [ValidateNotNullOrEmpty]
    public string[] Device { get; set; } = [];

    /// <summary>Parameters of the kernel in the container's namespaces: a hashtable, or name=value.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Sysctls")]
    [KeyValueArgument]
    public string[] Sysctl { get; set; } = [];

    /// <summary>How soon the kernel kills the container's processes where memory is short.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OomScoreAdj")]
    public int? OomScoreAdjust { get; set; }

    /// <summary>The cgroup that the container's own is made in.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? CgroupParent { get; set; }

    /// <summary>The container is removed as soon as it has ended.</summary>
    [Parameter]
    [Alias("AutoRemove")]
    public SwitchParameter Remove { get; set; }

    /// <summary>What the new container is called where a person is told about it.</summary>
    protected string Described => NewName ?? $"a container of the image '{Image}'";

    // An image or a container in the pipeline binds its own name as well, but nobody means the new container by that.
    private string? NewName => !_isNameTyped && Name == Image.NameOfObject ? null : Name;

    /// <inheritdoc/>
    protected override void Begin() => _isNameTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Name));

    /// <summary>Makes the container.</summary>
    /// <exception cref="EngineException">
    /// ContainerCommandInvalid; as for <see cref="ContainerCollection.Create"/> and <see cref="ImageCollection.Resolve"/>.
    /// </exception>
    protected Container Create()
    {
        ContainerCommandLine.Check(Command, MyInvocation.MyCommand);
        Image image = Image.ResolveOne(Engine.Images);
        Container? twin = Image.ResolveContainer(Engine.Containers);
        ContainerOptions like = twin is null ? new() : ContainerOptions.Like(twin, image);
        return Engine.Containers.Create(image, Network?.Apply(Over(like)) ?? Over(like), StopToken);
    }

    private ContainerOptions Over(ContainerOptions like) => like with
    {
        Name = NewName,
        Command = Command.Length > 0 ? Command : like.Command,
        Entrypoint = Entrypoint is [""] ? [] : Entrypoint ?? like.Entrypoint,
        Environment = [.. like.Environment, .. VariablesOfFiles(), .. Environment],
        WorkingDirectory = WorkingDirectory ?? like.WorkingDirectory,
        User = User ?? like.User,
        Hostname = Hostname ?? like.Hostname,
        Labels = PairsOver(like.Labels, Label),
        StopSignal = StopSignal ?? like.StopSignal,
        StopTimeout = StopTimeout ?? like.StopTimeout,
        LogSize = LogSize ?? like.LogSize,
        LogCount = LogCount ?? like.LogCount,
        RestartPolicy = RestartPolicy ?? like.RestartPolicy,
        HealthCheck = HealthCheckOver(like.HealthCheck),
        Mounts = MountsOver(like.Mounts),
        ExtraHosts = [.. like.ExtraHosts, .. AddHost],
        ReadOnly = Over(ReadOnly, nameof(ReadOnly), like.ReadOnly),
        Init = Over(Init, nameof(Init), like.Init),
        Interactive = Over(Interactive, nameof(Interactive), like.Interactive),
        Tty = Over(Tty, nameof(Tty), like.Tty),
        CapabilityAdd = [.. like.CapabilityAdd, .. CapabilityAdd],
        CapabilityDrop = [.. like.CapabilityDrop, .. CapabilityDrop],
        SecurityOptions = [.. like.SecurityOptions, .. SecurityOption.Select(ResolveProfile)],
        Privileged = Over(Privileged, nameof(Privileged), like.Privileged),
        PidMode = PidMode?.ToString() ?? like.PidMode,
        IpcMode = IpcMode?.ToString() ?? like.IpcMode,
        UtsMode = UtsMode?.ToString() ?? like.UtsMode,
        UserNamespace = UserNamespace ?? like.UserNamespace,
        Limits = LimitsOver(like.Limits),
        Ulimits = [.. like.Ulimits, .. Ulimit],
        ShmSize = ShmSize ?? like.ShmSize,
        Devices = [.. like.Devices, .. Device],
        Sysctls = PairsOver(like.Sysctls, Sysctl),
        OomScoreAdjust = OomScoreAdjust ?? like.OomScoreAdjust,
        CgroupParent = CgroupParent ?? like.CgroupParent,
        AutoRemove = Over(Remove, nameof(Remove), like.AutoRemove),
    };

    private bool Over(SwitchParameter own, string name, bool like) =>
        own.IsPresent || (like && !MyInvocation.BoundParameters.ContainsKey(name));

    // A profile's path is relative to the session's location, as every path is.
    private string ResolveProfile(string option)
    {
        const string Profile = "seccomp=";
        return option.StartsWith(Profile, StringComparison.Ordinal) && option is not (Profile or Profile + "unconfined")
            ? Profile + this.ResolveFile(option[Profile.Length..])
            : option;
    }

    private IEnumerable<string> VariablesOfFiles() =>
        EnvironmentFile.SelectMany(file => LayerPS.EnvironmentFile.Read(this.ResolveFile(file)));

    // What is mounted on the same place takes the place of what the other container has there.
    private ContainerMount[] MountsOver(IReadOnlyList<ContainerMount> like)
    {
        ContainerMount[] own = [.. Volume.Select(ParseVolume), .. TmpFs.Select(ContainerMount.ParseTmpFs)];
        return [.. like.Where(mount => own.All(other => other.Destination != mount.Destination)), .. own];
    }

    private ContainerMount ParseVolume(string text)
    {
        ContainerMount mount = ContainerMount.ParseVolume(text);
        return mount.Type == ContainerMountType.Bind ? mount with { Source = this.ResolveFile(mount.Source!) } : mount;
    }

    private static Dictionary<string, string> PairsOver(IReadOnlyDictionary<string, string> like, string[] own)
    {
        Dictionary<string, string> merged = new(like);
        foreach ((string key, string value) in KeyValueArgumentAttribute.ToDictionary(own)) merged[key] = value;
        return merged;
    }
}
