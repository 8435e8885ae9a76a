using System.Collections.ObjectModel;
using LayerPS.Containers;

namespace LayerPS;

/// <summary>What a container runs with: the image's configuration and what was asked for, put together.</summary>
public sealed record ContainerConfig
{
    /// <summary>What goes before the command.</summary>
    public IReadOnlyList<string> Entrypoint { get; set; } = [];

    /// <summary>The command, or the arguments of the entrypoint.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>KEY=VALUE.</summary>
    public IReadOnlyList<string> Environment { get; set; } = [];

    /// <summary>The directory that the process starts in.</summary>
    public string WorkingDirectory { get; set; } = "/";

    /// <summary>user[:group], by name or number; null for root.</summary>
    public string? User { get; set; }

    /// <summary>Its host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>Free words about the container.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The signal that asks it to end, by name or number.</summary>
    public string StopSignal { get; set; } = "SIGTERM";

    /// <summary>How long a stop waits for its end before it is killed, in seconds.</summary>
    public double StopTimeout { get; set; } = 10;

    /// <summary>The network it sees.</summary>
    public ContainerNetwork Network { get; set; }

    /// <summary>The id of the container whose network it shares, in place of <see cref="Network"/>; null for none.</summary>
    public string? NetworkContainer { get; set; }

    /// <summary>When it is started again after its end: No, OnFailure, OnFailure:3, Always, UnlessStopped.</summary>
    public string RestartPolicy { get; set; } = "No";

    /// <summary>From how many bytes on its log file is put aside and a new one begun; 0 for never.</summary>
    public long LogSize { get; set; } = LogLimits.Default.Size;

    /// <summary>How many log files are kept, with the one that is written.</summary>
    public int LogCount { get; set; } = LogLimits.Default.Count;

    /// <summary>How its health is found out, with every value; null where it is not.</summary>
    public ImageHealthcheck? HealthCheck { get; set; }

    /// <summary>What is mounted into it.</summary>
    public IReadOnlyList<ContainerMount> Mounts { get; set; } = [];

    /// <summary>Names with their addresses for its /etc/hosts: <c>name=address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; set; } = [];

    /// <summary>Its root cannot be written; what is mounted into it can.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Its first process is one of LayerPS, which passes signals on and waits for processes that nobody waits for.</summary>
    public bool Init { get; set; }

    /// <summary>Capabilities besides the usual ones, with or without CAP_; ALL for all that this machine can give.</summary>
    public IReadOnlyList<string> CapabilityAdd { get; set; } = [];

    /// <summary>Capabilities that it does not have, with or without CAP_; ALL for none but those added.</summary>
    public IReadOnlyList<string> CapabilityDrop { get; set; } = [];

    /// <summary>seccomp=unconfined, seccomp=/path/of/a/profile, no-new-privileges.</summary>
    public IReadOnlyList<string> SecurityOptions { get; set; } = [];

    /// <summary>No wall but the namespaces: every capability, device and system call, and all of /proc and /sys.</summary>
    public bool Privileged { get; set; }

    /// <summary>Whose processes it sees: Host, or Container:id; null for its own.</summary>
    public string? PidMode { get; set; }

    /// <summary>Whose shared memory, semaphores and queues it has: Host, or Container:id; null for its own.</summary>
    public string? IpcMode { get; set; }

    /// <summary>Whose host name it has: Host, or Container:id; null for its own.</summary>
    public string? UtsMode { get; set; }

    /// <summary>Which users of the host its own are: <c>100000:65536</c>; null for those of the host.</summary>
    public string? UserNamespace { get; set; }

    /// <summary>How much of its host it may use.</summary>
    public ContainerLimits Limits { get; set; } = new();

    /// <summary>Limits of its process: <c>nofile=1024:2048</c>.</summary>
    public IReadOnlyList<string> Ulimits { get; set; } = [];

    /// <summary>The size of its /dev/shm, in bytes; null for 64 MiB.</summary>
    public long? ShmSize { get; set; }

    /// <summary>Devices of the host besides the usual ones: <c>/dev/fuse</c>, <c>/dev/sda:/dev/disk:r</c>.</summary>
    public IReadOnlyList<string> Devices { get; set; } = [];

    /// <summary>Parameters of the kernel in its namespaces, such as net.ipv4.ip_forward.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; set; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>From -1,000 to 1,000: how soon the kernel kills it where memory is short; null for that of the session.</summary>
    public int? OomScoreAdjust { get; set; }

    /// <summary>The cgroup that its own is made in, such as /web; null for /layerps.</summary>
    public string? CgroupParent { get; set; }

    /// <summary>Removed as soon as it has ended.</summary>
    public bool AutoRemove { get; set; }

    /// <summary>Its standard input stays open for those who attach to it; without this it is empty.</summary>
    public bool Interactive { get; set; }

    /// <summary>It has a terminal for its standard streams; what goes to standard error is standard output as well then.</summary>
    public bool Tty { get; set; }
}
