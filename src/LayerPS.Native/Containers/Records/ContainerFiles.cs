namespace LayerPS.Containers;

/// <summary>The files in a container's directory, by name. The directory is also the OCI bundle that it runs from.</summary>
internal static class ContainerFiles
{
    /// <summary>What the container is: written once, replaced when it is renamed.</summary>
    public const string Record = "container.json";

    /// <summary>Its latest run, see <see cref="ContainerRun"/>.</summary>
    public const string Run = "state.json";

    /// <summary>What its health command found out of its latest run, see <see cref="HealthRecord"/>.</summary>
    public const string Health = "health.json";

    /// <summary>The OCI runtime configuration that it runs with.</summary>
    public const string Configuration = "config.json";

    /// <summary>What it wrote, as CRI log lines; what was before that in log.1, log.2 …</summary>
    public const string Log = "log";

    /// <summary>Locked by the monitor as long as it lives: whoever can take it knows that nothing runs.</summary>
    public const string RunLock = "run.lock";

    /// <summary>
    /// Shared by sessions that still want to read the log or the end of this run: a container that removes itself waits
    /// for them.
    /// </summary>
    public const string ReadersLock = "readers.lock";

    /// <summary>Shared by sessions that must miss nothing of the log: while there are any, no part of it goes.</summary>
    public const string OutputLock = "output.lock";

    /// <summary>Locked by a session that changes the container's state.</summary>
    public const string TransitionLock = "transition.lock";

    /// <summary>There from a stop that the user asked for to the next start, see <see cref="Containers.StopRequest"/>.</summary>
    public const string StopRequest = "stop-request";

    /// <summary>There while a session has halted the container for its work, see <see cref="Containers.TemporaryPause"/>.</summary>
    public const string TemporaryPause = "temporary-pause";

    /// <summary>The writable layer, and the overlay's work directory beside it.</summary>
    public const string Upper = "upper", Work = "work";

    /// <summary>The empty directory that the union is mounted on, inside the container's mount namespace.</summary>
    public const string Root = "rootfs";

    /// <summary>The lowest directory of a build step's union, see <see cref="HiddenMountPoints"/>.</summary>
    public const string MountPoints = "mount-points";

    /// <summary>
    /// The socket that sessions connect to while the container runs with a terminal or with an open input, see
    /// <see cref="Containers.Attachment"/>.
    /// </summary>
    public const string AttachSocket = "attach";

    public const string HostName = "hostname", Hosts = "hosts", ResolvConf = "resolv.conf";

    /// <summary>Those that are mounted into the container's /etc.</summary>
    public static readonly string[] Mounted = [HostName, Hosts, ResolvConf];
}
