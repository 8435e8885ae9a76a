using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Starts a container and stays with it to its end.</summary>
internal sealed class ContainerForeground(StoreLayout layout)
{
    // Whoever pressed Ctrl+C is not kept waiting.
    private const double SecondsAfterCancellation = 0.5;

    /// <param name="container">Created or exited.</param>
    /// <param name="input">
    /// What it reads, asked for on another thread, where its input is open; null to leave that to others.
    /// </param>
    /// <param name="output">Called on this thread with each line, as soon as it is complete.</param>
    /// <param name="cancellationToken">Stops the container.</param>
    /// <returns>How it ended; also when it could not be started.</returns>
    /// <exception cref="EngineException">ContainerNotFound, ContainerRunning, HostNotSupported, StoreCorrupt.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the container has ended.</exception>
    internal ContainerExit Run(
        Container container, IEnumerable<ReadOnlyMemory<byte>>? input, Action<ContainerLogEntry> output,
        CancellationToken cancellationToken)
    {
        using FileLock whole = ContainerReading.KeepLog(container);
        return Stay(container, input is not null, size: null, Follow, cancellationToken)!;

        ContainerExit Follow(Container started, Attachment? attached)
        {
            using InputFeed? feed = attached is null ? null : new(attached.TakeInput(), input!, attached.EndInput);
            ContainerLogOptions options = new()
            {
                Follow = true,
                Since = container.Started is null ? null : started.Started,
            };
            foreach (ContainerLogEntry entry in new LogReader(layout).Read(started, options, cancellationToken)) output(entry);
            return started.Refresh().ToExit();
        }
    }

    /// <summary>The same for a person at a terminal, and a container that has one.</summary>
    /// <returns>How it ended; null when the person left it, and it runs on.</returns>
    internal ContainerExit? RunInTerminal(
        Container container, HostTerminal terminal, DetachKeys keys, CancellationToken cancellationToken) =>
        Stay(
            container, isAttached: true, terminal.Size,
            (started, attached) => new ContainerConnection(layout).Talk(
                started, attached!, terminal, keys, listens: true, cancellationToken),
            cancellationToken);

    private ContainerExit? Stay(
        Container container, bool isAttached, TerminalSize? size, Func<Container, Attachment?, ContainerExit?> stay,
        CancellationToken cancellationToken)
    {
        Container? started = null;
        Attachment? attached = null;
        ContainerExit? exit;
        try
        {
            using FileLock reading = ContainerReading.Begin(container);
            if (isAttached) (started, attached) = StartAttached(container, size, cancellationToken);
            else started = new ContainerStart(layout).Start(container, cancellationToken);
            if (started.ExitReason == ContainerExitReason.StartFailed) return started.ToExit();
            exit = stay(started, attached);
            if (exit is null) return null;
        }
        catch when (started is { Pid: not null })
        {
            // Whoever asked for it does not want it any more, or cannot take what it says.
            new ContainerStop(layout).End(started, SecondsAfterCancellation, force: false, CancellationToken.None);
            throw;
        }
        finally
        {
            attached?.Dispose();
        }

        // One that removes itself is gone when this returns.
        ContainerStop.AwaitMonitor(started.Run, CancellationToken.None);
        return exit;
    }

    private (Container Started, Attachment? Attached) StartAttached(
        Container container, TerminalSize? size, CancellationToken cancellationToken) =>
        Attachment.AtStart(container, socket => new ContainerStart(layout).Start(
            container, cancellationToken, new StartAttachment(socket, size)));
}
