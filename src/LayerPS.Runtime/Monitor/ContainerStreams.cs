using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>What the container's process reads from and writes to, and the ends that stay with the monitor; -1 for none.</summary>
internal sealed class ContainerStreams
{
    private const int None = -1;

    private int _console = None;
    private int _peer = None;
    private int _saying = None;

    private ContainerStreams()
    {
    }

    /// <summary>The process's own ends; they become its standard streams. One with a terminal has none of them.</summary>
    internal int Input { get; private init; } = None;

    /// <inheritdoc cref="Input"/>
    internal int OutputEnd { get; private init; } = None;

    /// <inheritdoc cref="Input"/>
    internal int ErrorEnd { get; private init; } = None;

    /// <summary>Where the init stage sends the master of the terminal to.</summary>
    internal int ConsoleEnd { get; private init; } = None;

    /// <summary>Where the monitor reads what the process writes; the master of the terminal where it has one.</summary>
    internal int Output { get; private set; } = None;

    /// <inheritdoc cref="Output"/>
    internal int Error { get; private init; } = None;

    /// <summary>Where it can be said what the process reads.</summary>
    internal int Saying => IsTerminal ? Output : _saying;

    private bool IsTerminal => _console >= 0;

    internal static ContainerStreams Open(MonitorPlan plan)
    {
        if (plan.Terminal)
        {
            (int console, int consoleEnd) = LocalSockets.Pair();
            return new ContainerStreams { _console = console, ConsoleEnd = consoleEnd };
        }

        (int output, int outputEnd) = Descriptors.Pipe();
        (int error, int errorEnd) = Descriptors.Pipe();
        (int input, int saying) = plan.OpenInput ? Descriptors.Pipe() : (Descriptors.Open("/dev/null", LibC.O_RDWR), None);
        // Whoever says something waits until there is room, and may not want to wait any more.
        if (saying >= 0) Descriptors.DoNotBlock(saying);
        return new ContainerStreams
        {
            Input = input,
            Output = output,
            OutputEnd = outputEnd,
            Error = error,
            ErrorEnd = errorEnd,
            _saying = saying,
        };
    }

    /// <summary>To be called when the process has its ends: while the monitor has them too, none of its own closes.</summary>
    internal void ClosePassed() => Close([Input, OutputEnd, ErrorEnd, ConsoleEnd]);

    /// <summary>To be called when the process runs.</summary>
    internal void ReceiveTerminal()
    {
        if (!IsTerminal) return;
        Output = LocalSockets.ReceiveDescriptor(_console);
        Descriptors.DoNotBlock(Output);
        // While nobody has this side open the master is at its end, though a program may open it later.
        _peer = Terminals.OpenPeer(Output);
    }

    /// <summary>Ends what the process reads. A terminal has no end: it is told so as a person tells it.</summary>
    internal void EndInput()
    {
        if (IsTerminal)
        {
            _ = Descriptors.TryWrite(Output, [Terminals.EndOfInput]);
            return;
        }

        Close([_saying]);
        _saying = None;
    }

    /// <summary>To be called when all is read.</summary>
    internal void Close() => Close([Output, Error, _saying, _console, _peer]);

    private static void Close(ReadOnlySpan<int> descriptors)
    {
        foreach (int descriptor in descriptors)
        {
            if (descriptor >= 0) Descriptors.Close(descriptor);
        }
    }
}
