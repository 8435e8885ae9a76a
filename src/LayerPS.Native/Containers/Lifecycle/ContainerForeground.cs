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
        Container? started = null;
        Attachment? attached = null;
        InputFeed? feed = null;
        ContainerExit exit;
        try
        {
            using FileLock reading = ContainerReading.Begin(container);
            using FileLock whole = ContainerReading.KeepLog(container);
            if (input is null) started = new ContainerStart(layout).Start(container, cancellationToken);
            else (started, attached) = StartAttached(container, size: null, cancellationToken);
            if (started.ExitReason == ContainerExitReason.StartFailed) return started.ToExit();
            if (attached is not null) feed = new InputFeed(attached.TakeInput(), input!, attached.EndInput);
            ContainerLogOptions options = new()
            {
                Follow = true,
                Since = container.Started is null ? null : started.Started,
            };
            foreach (ContainerLogEntry entry in new LogReader(layout).Read(started, options, cancellationToken)) output(entry);
            exit = started.Refresh().ToExit();
        }
        catch when (started is { Pid: not null })
        {
            // Whoever asked for it does not want it any more, or cannot take what it says.
            new ContainerStop(layout).End(started, SecondsAfterCancellation, force: false, CancellationToken.None);
            throw;
        }
        finally
        {
            feed?.Dispose();
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
