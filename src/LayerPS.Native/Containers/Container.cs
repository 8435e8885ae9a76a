using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>A container as it was when it was asked for: an image's layers and one writable layer above them.</summary>
public sealed class Container
{
    internal const int ShortIdLength = 12;
    private readonly StoreLayout _layout;
    private readonly ContainerRecord _record;
    private readonly ContainerRun _run;
    private readonly HealthRecord? _health;

    internal Container(StoreLayout layout, ContainerRecord record, ContainerRun run)
    {
        _layout = layout;
        _record = record;
        _run = run;
        // Its record is of its latest run.
        if (Config.HealthCheck is not null && run.Started is not null) _health = HealthRecord.Read(Directory);
    }

    /// <summary>64 hex digits.</summary>
    public string Id => _record.Id;

    /// <summary>The first 12 digits of the id.</summary>
    public string ShortId => ShortIdOf(Id);

    /// <summary>Its name.</summary>
    public string Name => _record.Name;

    /// <summary>The image by the name that it was made from; by its id when that had none.</summary>
    public string Image => _record.Image;

    /// <summary>The id of the image.</summary>
    public string ImageId => _record.ImageId;

    /// <summary>What goes before the command.</summary>
    public IReadOnlyList<string> Entrypoint => Config.Entrypoint;

    /// <summary>The command, or the arguments of the entrypoint.</summary>
    public IReadOnlyList<string> Command => Config.Command;

    /// <summary>Where it is in its life.</summary>
    public ContainerState State => _run.State;

    /// <summary>The state in words, with the time since it came about.</summary>
    public string Status => ContainerStatusText.Of(this, DateTimeOffset.UtcNow);

    /// <summary>Its first process by its number on the host; null when it does not run.</summary>
    public int? Pid => ContainerStateRules.Allows(State, ContainerAction.Signal) ? _run.Pid : null;

    /// <summary>
    /// 128 + n after signal n; 126 or 127 when its command could not be started; null while it runs and when nobody
    /// saw the end.
    /// </summary>
    public int? ExitCode => _run.ExitCode;

    /// <summary>Why it does not run any more.</summary>
    public ContainerExitReason ExitReason => _run.ExitReason;

    /// <summary>The signal that ended it; 0 for none.</summary>
    public int Signal => _run.Signal;

    /// <summary>Why it could not be started; null when it could.</summary>
    public string? Error => _run.Error;

    /// <summary>When it is started again after its end: No, OnFailure, OnFailure:3, Always, UnlessStopped.</summary>
    public string RestartPolicy => Config.RestartPolicy;

    /// <summary>How often its restart policy started it again since the user did.</summary>
    public int RestartCount => _run.RestartCount;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created => _record.Created;

    /// <summary>When its latest run began; null when it never ran.</summary>
    public DateTimeOffset? Started => _run.Started;

    /// <summary>When its latest run ended; null while it runs.</summary>
    public DateTimeOffset? Finished => _run.Finished;

    /// <summary>What its health command says of it.</summary>
    public ContainerHealth Health => Pid is null ? ContainerHealth.None : _health?.Status ?? ContainerHealth.None;

    /// <summary>How often its health command has failed since it passed.</summary>
    public int HealthFailures => _health?.Failures ?? 0;

    /// <summary>How the latest five runs of its health command went, the oldest first; also after its end.</summary>
    public IReadOnlyList<HealthCheckResult> HealthLog => _health?.Results ?? [];

    /// <summary>Free words about it.</summary>
    public IReadOnlyDictionary<string, string> Labels => Config.Labels;

    /// <summary>What is mounted into it.</summary>
    public IReadOnlyList<ContainerMount> Mounts => Config.Mounts;

    /// <summary>What it runs with.</summary>
    public ContainerConfig Config => _record.Config;

    /// <summary>The id of the read-only layer that its writable layer lies on.</summary>
    public string Parent => _record.LayerId;

    /// <summary>The directory on the host that is its writable layer.</summary>
    public string UpperPath => Path.Combine(Directory, ContainerFiles.Upper);

    /// <summary>The file with what it wrote to standard output and standard error, as CRI log lines.</summary>
    public string LogPath => Path.Combine(Directory, ContainerFiles.Log);

    /// <summary>The file with its metadata.</summary>
    public string MetadataPath => Path.Combine(Directory, ContainerFiles.Record);

    internal string Directory => _layout.Container(Id);

    internal string CgroupPath => _record.CgroupPath;

    internal ContainerRun Run => _run;

    internal RestartPolicy Policy => ContainerConfigMerge.PolicyOf(Config);

    /// <summary>The same container as it is now.</summary>
    /// <exception cref="EngineException">ContainerNotFound: it was removed.</exception>
    public Container Refresh() => new ContainerReader(_layout).Read(this);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static string ShortIdOf(string id) => id[..ShortIdLength];

    internal Container With(ContainerRun run) => new(_layout, _record, run);

    internal ContainerExit ToExit() => new()
    {
        Container = Name,
        Id = Id,
        ExitCode = ExitCode,
        Signal = Signal,
        ExitReason = ExitReason,
        Error = Error,
        Finished = Finished,
    };
}
