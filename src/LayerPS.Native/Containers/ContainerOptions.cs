using LayerPS.Containers;

namespace LayerPS;

/// <summary>What a person asks of a new container. What is null or empty comes from the image.</summary>
public sealed record ContainerOptions
{
    /// <summary>Its name; null for one made up.</summary>
    public string? Name { get; init; }

    /// <summary>The command, or the arguments of the entrypoint.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>What goes before the command; null for the image's, empty for nothing.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>KEY=VALUE, added to the image's; KEY alone takes the variable out.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>The directory that the process starts in; made where it is missing.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>user[:group], by name or number.</summary>
    public string? User { get; init; }

    /// <summary>
    /// Its host name; null for its short id, or for the host's own, where that has one, with
    /// <see cref="ContainerNetwork.Host"/>.
    /// </summary>
    public string? Hostname { get; init; }

    /// <summary>Free words about the container, over those of the image.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The signal that asks it to end, by name or number.</summary>
    public string? StopSignal { get; init; }

    /// <summary>How long <see cref="ContainerCollection.Stop"/> waits for its end, in seconds; null for 10.</summary>
    public double? StopTimeout { get; init; }

    /// <summary>The network it sees.</summary>
    public ContainerNetwork Network { get; init; }

    /// <summary>
    /// The container whose network it shares, by its name or the beginning of its id, in place of <see cref="Network"/>;
    /// null for none.
    /// </summary>
    public string? NetworkContainer { get; init; }

    /// <summary>When it is started again after its end: No, OnFailure, OnFailure:3, Always, UnlessStopped; null for No.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>From how many bytes on its log file is put aside and a new one begun; 0 for never, null for 10 MiB.</summary>
    public long? LogSize { get; init; }

    /// <summary>How many log files are kept, with the one that is written; null for 3.</summary>
    public int? LogCount { get; init; }

    /// <summary>
    /// How its health is found out; what is not said in it comes from the image. NONE for not at all; null for as the image
    /// says.
    /// </summary>
    public ImageHealthcheck? HealthCheck { get; init; }

    /// <summary>What is mounted into it.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; init; } = [];

    /// <summary>Names with their addresses for its /etc/hosts: <c>name=address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Its root cannot be written; what is mounted into it can.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Its first process is one of LayerPS, which passes signals on and waits for processes that nobody waits for.</summary>
    public bool Init { get; init; }

    /// <summary>Capabilities besides the usual ones, with or without CAP_; ALL for all that this machine can give.</summary>
    public IReadOnlyList<string> CapabilityAdd { get; init; } = [];

    /// <summary>Capabilities that it does not have, with or without CAP_; ALL for none but those added.</summary>
    public IReadOnlyList<string> CapabilityDrop { get; init; } = [];

    /// <summary>seccomp=unconfined, seccomp=/path/of/a/profile, no-new-privileges.</summary>
    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    /// <summary>No wall but the namespaces: every capability, device and system call, and all of /proc and /sys.</summary>
    public bool Privileged { get; init; }

    /// <summary>Whose processes it sees: Host, or Container:name; null for its own.</summary>
    public string? PidMode { get; init; }

    /// <summary>Whose shared memory, semaphores and queues it has: Host, or Container:name; null for its own.</summary>
    public string? IpcMode { get; init; }

    /// <summary>Whose host name it has: Host, or Container:name; null for its own.</summary>
    public string? UtsMode { get; init; }

    /// <summary>
    /// Which users of the host its own are: <c>100000:65536</c>, or the name of one who has numbers in /etc/subuid and
    /// /etc/subgid; null for those of the host.
    /// </summary>
    public string? UserNamespace { get; init; }

    /// <summary>How much of its host it may use.</summary>
    public ContainerLimits Limits { get; init; } = new();

    /// <summary>Limits of its process: <c>nofile=1024:2048</c>.</summary>
    public IReadOnlyList<string> Ulimits { get; init; } = [];

    /// <summary>The size of its /dev/shm, in bytes; null for 64 MiB.</summary>
    public long? ShmSize { get; init; }

    /// <summary>Devices of the host besides the usual ones: <c>/dev/fuse</c>, <c>/dev/sda:/dev/disk:r</c>.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Parameters of the kernel in its namespaces, such as net.ipv4.ip_forward.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>From -1,000 to 1,000: how soon the kernel kills it where memory is short; null for that of the session.</summary>
    public int? OomScoreAdjust { get; init; }

    /// <summary>The cgroup that its own is made in, such as /web; null for /layerps.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>
    /// Removed as soon as it has ended. Its writable layer is not synced when it ends, and fsync(2) does nothing in it.
    /// </summary>
    public bool AutoRemove { get; init; }

    /// <summary>Its standard input stays open for those who attach to it; without this it is empty.</summary>
    public bool Interactive { get; init; }

    /// <summary>It has a terminal for its standard streams; what goes to standard error is standard output as well then.</summary>
    public bool Tty { get; init; }

    /// <summary>
    /// A step of a build: what the image keeps in volumes is written into its writable layer, and what is mounted into it
    /// leaves no trace there.
    /// </summary>
    internal bool IsBuildStep { get; init; }

    /// <summary>What makes a twin of a container: all that it runs with, but for its name and what was made up for it.</summary>
    /// <param name="container">The container.</param>
    /// <param name="image">The image that it was made from.</param>
    public static ContainerOptions Like(Container container, Image image) => ContainerTwin.OptionsOf(container, image.Config);
}
