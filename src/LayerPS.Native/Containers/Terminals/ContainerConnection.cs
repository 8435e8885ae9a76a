using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Connects a session to the first process of a container that runs.</summary>
internal sealed class ContainerConnection(StoreLayout layout)
{
    /// <summary>Hands out the lines that the container writes from now on, and says what it reads.</summary>
    /// <param name="container">One that runs.</param>
    /// <param name="input">What it reads, asked for on another thread, where its input is open; null for nothing.</param>
    /// <param name="output">Called on this thread with each line, as soon as it is complete.</param>
    /// <param name="cancellationToken">Ends the connection; the container goes on.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="EngineException">
    /// ContainerNotFound, ContainerNotRunning; ContainerOptionInvalid: its input is not open.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal ContainerExit Follow(
        Container container, IEnumerable<ReadOnlyMemory<byte>>? input, Action<ContainerLogEntry> output,
        CancellationToken cancellationToken)
    {
        container = Require(container);
        if (input is not null && !container.Config.Interactive)
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid,
                $"The input of the container '{container.Name}' is not open; only one made with -Interactive has one.",
                container.Name);
        }

        using FileLock reading = ContainerReading.Begin(container);
        using Attachment? attached = input is null ? null : Attachment.Connect(container);
        IEnumerable<ContainerLogEntry> lines = new LogReader(layout).Read(
            container, new ContainerLogOptions { Follow = true, Since = DateTimeOffset.UtcNow }, cancellationToken);
        using InputFeed? feed = attached?.TakeInput() is >= 0 and var open ? new(open, input!, attached.EndInput) : null;
        foreach (ContainerLogEntry line in lines) output(line);
        return container.Refresh().ToExit();
    }

    /// <summary>Connects a person's terminal with that of the container.</summary>
    /// <param name="container">One that runs and has a terminal.</param>
    /// <param name="terminal">The person's.</param>
    /// <param name="keys">By which the person leaves.</param>
    /// <param name="listens">Whether what is typed goes to the container.</param>
    /// <param name="cancellationToken">Ends the connection; the container goes on.</param>
    /// <returns>How it ended; null when the person left it, and it runs on.</returns>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal ContainerExit? Talk(
        Container container, HostTerminal terminal, DetachKeys keys, bool listens, CancellationToken cancellationToken)
    {
        container = Require(container);
        using FileLock reading = ContainerReading.Begin(container);
        using Attachment attached = Attachment.Connect(container);
        return Talk(container, attached, terminal, keys, listens, cancellationToken);
    }

    /// <summary>As the other, over a connection that there is.</summary>
    internal ContainerExit? Talk(
        Container container, Attachment attached, HostTerminal terminal, DetachKeys keys, bool listens,
        CancellationToken cancellationToken)
    {
        int master = attached.TakeInput();
        try
        {
            TerminalSession session = new(terminal, keys);
            if (!session.Run(attached.Connection, master, listens, end: null, cancellationToken)) return null;
        }
        finally
        {
            Descriptors.Close(master);
        }

        return AwaitEnd(container, cancellationToken);
    }

    // Its end is recorded after the connection has ended. It may run again by then.
    private ContainerExit AwaitEnd(Container container, CancellationToken cancellationToken)
    {
        using ContainerWatch watch = new(layout, container);
        while (true)
        {
            Container now = watch.Next(cancellationToken);
            if (now.Pid is null || now.Started != container.Started) return now.ToExit();
        }
    }

    private Container Require(Container container)
    {
        container = new ContainerReader(layout).Read(container);
        ContainerStateRules.Require(container, ContainerAction.Signal);
        return container;
    }
}
