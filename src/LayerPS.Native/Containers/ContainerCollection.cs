using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>The containers of a store.</summary>
public sealed class ContainerCollection
{
    private const string DefaultShell = "sh";

    private readonly StoreLayout _layout;

    internal ContainerCollection(StoreLayout layout) => _layout = layout;

    /// <summary>The names of the signals, for example SIGTERM.</summary>
    public static IEnumerable<string> SignalNames => Signals.All;

    /// <summary>The restart policies by name; after OnFailure, a colon and how often at most can follow.</summary>
    public static IEnumerable<string> RestartPolicies => RestartPolicy.Names;

    /// <summary>The names of capabilities, in the order of the kernel.</summary>
    public static IEnumerable<string> CapabilityNames => Capabilities.Names;

    /// <summary>All containers, the youngest first.</summary>
    /// <exception cref="EngineException">
    /// StoreCorrupt, StoreVersionUnsupported: one that cannot be read; thrown when all others have been given.
    /// </exception>
    public IEnumerable<Container> List() => new ContainerReader(_layout).ReadAll();

    /// <summary>The containers that a pattern with wildcards matches, which may be none; without wildcards the one that is meant.</summary>
    /// <param name="pattern"><c>*</c>, <c>?</c> and <c>[a-z]</c> on the name; or what <see cref="Resolve"/> takes; null for all.</param>
    /// <exception cref="EngineException">As for <see cref="Resolve"/>.</exception>
    public IEnumerable<Container> Get(string? pattern = null)
    {
        if (pattern is null) return List();
        return NamePattern.HasWildcards(pattern) ? new ContainerResolver(_layout).Match(pattern) : [Resolve(pattern)];
    }

    /// <summary>The one container that is meant.</summary>
    /// <param name="container">A name, or the beginning of an id.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNameAmbiguous, StoreCorrupt, StoreVersionUnsupported.</exception>
    public Container Resolve(string container) => new ContainerResolver(_layout).Resolve(container);

    /// <summary>Puts a writable layer above an image; starts nothing.</summary>
    /// <param name="image">The image.</param>
    /// <param name="options">What is asked for; null for what the image says.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">
    /// ContainerNameInvalid, ContainerNameInUse, ContainerCommandMissing, ContainerOptionInvalid.
    /// </exception>
    public Container Create(Image image, ContainerOptions? options = null, CancellationToken cancellationToken = default) =>
        new ContainerCreation(_layout).Create(image, options ?? new(), cancellationToken);

    /// <summary>Gives a container its process space; returns when its command has been executed.</summary>
    /// <returns>The container, running.</returns>
    /// <exception cref="EngineException">
    /// ContainerNotFound, ContainerRunning; HostNotSupported: the runtime is missing; ContainerStartFailed: the container
    /// stays created, with the exit code (126, 127; 125 for LayerPS itself) and the reason in it.
    /// </exception>
    public Container Start(Container container, CancellationToken cancellationToken = default)
    {
        Container started = TryStart(container, cancellationToken);
        started.ToExit().ThrowIfBroken();
        return started;
    }

    /// <summary>As <see cref="Start"/>; but where the command could not be started, that is in the container returned.</summary>
    internal Container TryStart(Container container, CancellationToken cancellationToken) =>
        new ContainerStart(_layout).Start(container, cancellationToken);

    /// <summary>Starts a container and stays with it to its end.</summary>
    /// <param name="container">Created or exited.</param>
    /// <param name="output">Called on this thread with each line, as soon as it is complete.</param>
    /// <param name="cancellationToken">Stops the container: its stop signal, and SIGKILL half a second later.</param>
    /// <returns>How it ended; also when it could not be started (<see cref="ContainerExitReason.StartFailed"/>).</returns>
    /// <exception cref="EngineException">ContainerNotFound, ContainerRunning, HostNotSupported, StoreCorrupt.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the container has ended.</exception>
    public ContainerExit Run(
        Container container, Action<ContainerLogEntry> output, CancellationToken cancellationToken = default) =>
        Run(container, null, output, cancellationToken);

    /// <summary>As the other; and says what the container reads, where its input is open (<see cref="ContainerConfig.Interactive"/>).</summary>
    /// <param name="container">Created or exited.</param>
    /// <param name="input">What it reads, asked for on another thread; null to leave the input as it is.</param>
    /// <param name="output">Called on this thread with each line, as soon as it is complete.</param>
    /// <param name="cancellationToken">Stops the container: its stop signal, and SIGKILL half a second later.</param>
    public ContainerExit Run(
        Container container, IEnumerable<ReadOnlyMemory<byte>>? input, Action<ContainerLogEntry> output,
        CancellationToken cancellationToken = default) =>
        new ContainerForeground(_layout).Run(container, input, output, cancellationToken);

    /// <summary>Starts a container that has a terminal and an open input, for a person at the terminal of this process.</summary>
    /// <param name="container">Created or exited.</param>
    /// <param name="detachKeys">By which the person leaves; null for <c>ctrl-p,ctrl-q</c>.</param>
    /// <param name="cancellationToken">Stops the container.</param>
    /// <returns>How it ended; null when the person left it, and it runs on.</returns>
    /// <exception cref="EngineException">As for the other ones; HostTerminalMissing, ContainerOptionInvalid.</exception>
    public ContainerExit? RunInTerminal(
        Container container, string? detachKeys = null, CancellationToken cancellationToken = default) =>
        new ContainerForeground(_layout).RunInTerminal(
            container, HostTerminal.Open(), DetachKeys.Parse(detachKeys), cancellationToken);

    /// <summary>Hands out the lines that a running container writes from now on, and says what it reads.</summary>
    /// <param name="container">The container.</param>
    /// <param name="input">
    /// What it reads, asked for on another thread, where its input is open; the end of this ends its input. Null for nothing.
    /// </param>
    /// <param name="output">Called on this thread with each line, as soon as it is complete.</param>
    /// <param name="cancellationToken">Ends the connection; the container goes on.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="EngineException">
    /// ContainerNotFound, ContainerNotRunning; ContainerOptionInvalid: its input is not open.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ContainerExit Connect(
        Container container, IEnumerable<ReadOnlyMemory<byte>>? input, Action<ContainerLogEntry> output,
        CancellationToken cancellationToken = default) =>
        new ContainerConnection(_layout).Follow(container, input, output, cancellationToken);

    /// <summary>Connects the terminal of this process with that of a running container.</summary>
    /// <param name="container">One that has a terminal.</param>
    /// <param name="listens">Whether what is typed goes to the container.</param>
    /// <param name="detachKeys">By which the person leaves; null for <c>ctrl-p,ctrl-q</c>.</param>
    /// <param name="cancellationToken">Ends the connection; the container goes on.</param>
    /// <returns>How it ended; null when the person left it, and it runs on.</returns>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning, HostTerminalMissing, ContainerOptionInvalid.</exception>
    public ContainerExit? ConnectTerminal(
        Container container, bool listens, string? detachKeys = null, CancellationToken cancellationToken = default) =>
        new ContainerConnection(_layout).Talk(
            container, HostTerminal.Open(), DetachKeys.Parse(detachKeys), listens, cancellationToken);

    /// <summary>Waits for the end of a container's run, or for its removal.</summary>
    /// <param name="container">The container.</param>
    /// <param name="condition">What for.</param>
    /// <param name="timeout">How many seconds at most; null for ever.</param>
    /// <param name="cancellationToken">Ends the waiting; the container goes on.</param>
    /// <returns>How its run ended, or its latest one did; at once where the condition is met.</returns>
    /// <exception cref="EngineException">ContainerNotFound; ContainerWaitTimeout: the time is over.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ContainerExit Wait(
        Container container, ContainerWaitCondition condition = ContainerWaitCondition.NotRunning, double? timeout = null,
        CancellationToken cancellationToken = default) =>
        new ContainerWait(_layout).Wait(container, condition, timeout, cancellationToken);

    /// <summary>
    /// Ends a container's run: sends its stop signal, and SIGKILL when the time is over. Returns when the end is
    /// recorded. One that does not run is left as it is.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="timeout">Seconds from the one signal to the other; null for the container's own.</param>
    /// <param name="force">SIGKILL at once.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    /// <exception cref="EngineException">ContainerNotFound.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Container Stop(
        Container container, double? timeout = null, bool force = false, CancellationToken cancellationToken = default) =>
        new ContainerStop(_layout).Stop(container, timeout, force, cancellationToken);

    /// <summary>Halts all processes of a container by the kernel's freezer. One that is paused is left as it is.</summary>
    /// <param name="container">The container, running.</param>
    /// <param name="cancellationToken">Ends the waiting; the container goes on then.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning; HostNotSupported: there is no freezer.</exception>
    public Container Suspend(Container container, CancellationToken cancellationToken = default) =>
        new ContainerSuspension(_layout).Suspend(container, cancellationToken);

    /// <summary>Lets the processes of a paused container go on. One that is not paused is left as it is.</summary>
    /// <param name="container">The container, paused.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning.</exception>
    public Container Resume(Container container, CancellationToken cancellationToken = default) =>
        new ContainerSuspension(_layout).Resume(container, cancellationToken);

    /// <summary>
    /// Makes an image of a container: its writable layer becomes a read-only one above those of its image. A running
    /// container is paused meanwhile; it goes on afterwards, and stays what it was.
    /// </summary>
    /// <param name="container">The container, in any state.</param>
    /// <param name="options">How; null for an image without a name.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">ContainerNotFound, ImageReferenceInvalid, StoreCorrupt.</exception>
    public Image Checkpoint(
        Container container, CheckpointOptions? options = null, CancellationToken cancellationToken = default) =>
        new ContainerCheckpoint(_layout).Run(container, options ?? new(), cancellationToken);

    /// <summary>Writes what a container sees as one tar, which appears under its name when it is whole.</summary>
    /// <param name="container">The container, in any state. One that runs goes on meanwhile.</param>
    /// <param name="path">The archive; one that is there is replaced.</param>
    /// <param name="progress">Told of the bytes of the archive.</param>
    /// <param name="warning">Told, in sentences, of what it lacks: sockets, files that became shorter meanwhile.</param>
    /// <param name="cancellationToken">Ends it; nothing is changed then.</param>
    /// <exception cref="EngineException">ContainerNotFound, StoreCorrupt, OutputPathInvalid, HostAccessDenied.</exception>
    public void Export(
        Container container, string path, IProgress<long>? progress = null, Action<string>? warning = null,
        CancellationToken cancellationToken = default) =>
        new ContainerExport(_layout).Write(container, path, progress, warning, cancellationToken);

    /// <summary>What a container has changed in the files of its image, each directory before what is in it.</summary>
    /// <param name="container">The container, in any state.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">ContainerNotFound, StoreCorrupt.</exception>
    public IEnumerable<ContainerChange> Compare(Container container, CancellationToken cancellationToken = default) =>
        new ContainerComparison(_layout).Run(container, cancellationToken);

    /// <summary>
    /// Copies a file, or a directory with all that is in it, into, out of or between containers in any state. A directory that
    /// is there takes it in; a destination that is not is what the copy is called. Links are not followed but for those of
    /// the two paths, and none leads out of a container.
    /// </summary>
    /// <param name="source">What is copied.</param>
    /// <param name="destination">Where to; the directory above it is there.</param>
    /// <param name="options">How; null for the usual.</param>
    /// <param name="cancellationToken">Ends it; what was copied by then stays.</param>
    /// <exception cref="EngineException">
    /// ContainerItemNotFound, ContainerItemRefused, ContainerNotFound, ContainerRunning: it is just being started again.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ContainerItemCopy Copy(
        FileLocation source, FileLocation destination, ContainerCopyOptions? options = null,
        CancellationToken cancellationToken = default) =>
        new FileCopy(_layout).Run(source, destination, options ?? new(), cancellationToken);

    /// <summary>The files that a container sees, in any of its states.</summary>
    /// <remarks>Each look at them throws ContainerNotFound when it was removed meanwhile.</remarks>
    public FileView OpenFiles(Container container) => FileView.OfContainer(_layout, container);

    /// <summary>The names in a directory of a container.</summary>
    internal IReadOnlyList<(string Name, bool IsDirectory)> ListFiles(Container container, string directory) =>
        new FileListing(_layout).Read(container, directory);

    /// <summary>The paths of a container that a pattern with wildcards matches.</summary>
    internal IReadOnlyList<string> MatchFiles(Container container, string pattern) =>
        new FileListing(_layout).Match(container, pattern);

    /// <summary>Gives a container another name.</summary>
    /// <param name="container">The container, in any state.</param>
    /// <param name="name">The new name.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNameInvalid, ContainerNameInUse.</exception>
    public Container Rename(Container container, string name, CancellationToken cancellationToken = default) =>
        new ContainerRenaming(_layout).Rename(container, name, cancellationToken);

    /// <summary>Changes a container's limits and restart policy; at once where it runs.</summary>
    /// <param name="container">The container, in any state.</param>
    /// <param name="update">What is changed.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <exception cref="EngineException">
    /// ContainerNotFound, ContainerOptionInvalid; HostNotSupported: this machine cannot keep a limit.
    /// </exception>
    /// <exception cref="IOException">The kernel refuses a limit; nothing is changed then.</exception>
    public Container Update(Container container, ContainerUpdate update, CancellationToken cancellationToken = default) =>
        new ContainerUpdating(_layout).Update(container, update, cancellationToken);

    /// <summary>Sends a signal to a container's first process. One that is paused gets it when it goes on, but for SIGKILL.</summary>
    /// <param name="container">The container, running or paused.</param>
    /// <param name="signal">By name or number.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning, ContainerOptionInvalid.</exception>
    public Container Signal(Container container, string signal) => new ContainerSignal(_layout).Send(container, signal);

    /// <summary>Ends a container's run as <see cref="Stop"/> does, if there is one, and starts it again.</summary>
    /// <param name="container">The container.</param>
    /// <param name="timeout">Seconds from the stop signal to SIGKILL; null for the container's own.</param>
    /// <param name="cancellationToken">Ends the waiting; what was sent stays sent.</param>
    /// <returns>The container, running.</returns>
    /// <exception cref="EngineException">
    /// As for <see cref="Start"/>; ContainerOptionInvalid: it removes itself when it ends.
    /// </exception>
    public Container Restart(Container container, double? timeout = null, CancellationToken cancellationToken = default)
    {
        Container started = new ContainerRestart(_layout).Restart(container, timeout, cancellationToken);
        started.ToExit().ThrowIfBroken();
        return started;
    }

    /// <summary>Takes a container away: its writable layer, its log and its record. The image's layers stay.</summary>
    /// <param name="container">The container.</param>
    /// <param name="force">One that runs is killed first; without this it is refused.</param>
    /// <param name="volumes">The volumes that were made for it alone go as well; those with a name stay.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerRunning.</exception>
    public void Remove(
        Container container, bool force = false, bool volumes = false, CancellationToken cancellationToken = default) =>
        new ContainerRemoval(_layout).Remove(container, force, volumes, cancellationToken);

    /// <summary>Takes a container away whose record cannot be read; one that runs is killed first.</summary>
    /// <param name="container">A name, or the beginning of an id.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <returns>False when there is no such container, or when it cannot be ended without its record.</returns>
    /// <exception cref="EngineException">ContainerNameAmbiguous.</exception>
    public bool RemoveDamaged(string container, CancellationToken cancellationToken = default) =>
        new ContainerResolver(_layout).FindId(container) is { } id
        && new DamagedContainerRemoval(_layout).Remove(id, cancellationToken);

    /// <summary>What a container wrote, in the order in which it was written.</summary>
    /// <param name="container">The container.</param>
    /// <param name="options">What of it is wanted; null for all that is there.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">ContainerNotFound.</exception>
    public IEnumerable<ContainerLogEntry> ReadLog(
        Container container, ContainerLogOptions? options = null, CancellationToken cancellationToken = default) =>
        new LogReader(_layout).Read(container, options ?? new(), cancellationToken);

    /// <summary>Runs a further command in a running container, in its namespaces and its cgroup, to the command's end.</summary>
    /// <param name="container">The container.</param>
    /// <param name="options">The command.</param>
    /// <param name="input">What it reads from standard input, asked for on another thread; null for nothing.</param>
    /// <param name="output">
    /// Called on this thread with each line, as soon as it is complete; null to have the lines in the result.
    /// </param>
    /// <param name="cancellationToken">Ends the command: SIGTERM, and SIGKILL half a second later, to its process group.</param>
    /// <returns>How it ended; also when it could not be started (<see cref="CommandResult.StartError"/>).</returns>
    /// <exception cref="EngineException">
    /// ContainerNotFound, ContainerNotRunning, ContainerPaused, ContainerCommandMissing, ContainerOptionInvalid,
    /// HostNotSupported, ContainerCommandFailed: what watched it was killed.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the command has ended.</exception>
    public CommandResult Execute(
        Container container, CommandOptions options, IEnumerable<ReadOnlyMemory<byte>>? input = null,
        Action<ContainerLogEntry>? output = null, CancellationToken cancellationToken = default) =>
        new ContainerExecution(_layout).Run(container, options, input, output, cancellationToken);

    /// <summary>As <see cref="Execute"/>, for a person at the terminal of this process.</summary>
    /// <param name="container">The container.</param>
    /// <param name="options">The command; it has a terminal in any case.</param>
    /// <param name="detachKeys">By which the person leaves, which ends the command; null for <c>ctrl-p,ctrl-q</c>.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <returns>How it ended; exit code 0 when the person left.</returns>
    /// <exception cref="EngineException">As for <see cref="Execute"/>; HostTerminalMissing.</exception>
    public CommandResult ExecuteInTerminal(
        Container container, CommandOptions options, string? detachKeys = null, CancellationToken cancellationToken = default) =>
        new ContainerExecution(_layout).RunInTerminal(
            container, options, HostTerminal.Open(), DetachKeys.Parse(detachKeys), cancellationToken);

    /// <summary>The shell of the image that the container was made from; sh where the image names none or is gone.</summary>
    /// <param name="container">The container.</param>
    public string ShellOf(Container container)
    {
        try
        {
            Image image = new Images.ImageResolver(_layout).Resolve(container.ImageId);
            return image.Config.Shell is [var shell, ..] ? shell : DefaultShell;
        }
        catch (EngineException)
        {
            // Without the image, the container runs all the same.
            return DefaultShell;
        }
    }

    /// <summary>Starts a further command in a running container and lets it go on by itself; it reads and writes nothing.</summary>
    /// <param name="container">The container.</param>
    /// <param name="options">The command.</param>
    /// <returns>Exit code 0; or why it could not be started.</returns>
    /// <exception cref="EngineException">As for <see cref="Execute"/>.</exception>
    public CommandResult ExecuteDetached(Container container, CommandOptions options) =>
        new ContainerExecution(_layout).RunDetached(container, options);

    /// <summary>The processes of a running container, by their numbers on the host.</summary>
    /// <param name="container">The container.</param>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning.</exception>
    public IEnumerable<ContainerProcess> ListProcesses(Container container) => new ProcessListing(_layout).List(container);

    /// <summary>
    /// What containers use of their host. Their shares of the processors are those of an interval, so it takes at least one.
    /// </summary>
    /// <param name="containers">Those to measure, each as long as it runs; null for all that run, also those that begin to later.</param>
    /// <param name="interval">How long the interval is, in seconds.</param>
    /// <param name="continuous">Goes on after the first interval, as long as one of the containers runs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">ContainerOptionInvalid: the interval is none.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<ContainerStatistics> Measure(
        IReadOnlyList<Container>? containers = null, double interval = 1, bool continuous = false,
        CancellationToken cancellationToken = default) =>
        new ContainerMeasurement(_layout).Run(containers, interval, continuous, cancellationToken);
}
