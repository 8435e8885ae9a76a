using LayerPS.Linux;

namespace LayerPS.Containers;

/// <summary>What somebody has to say to a command.</summary>
internal sealed class CommandInput : IDisposable
{
    private readonly IEnumerable<ReadOnlyMemory<byte>> _chunks;
    private readonly int _descriptor;
    private InputFeed? _feed;

    private CommandInput(int descriptor, int? commandEnd, IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        _descriptor = descriptor;
        CommandEnd = commandEnd;
        _chunks = chunks;
        Descriptors.DoNotBlock(descriptor);
    }

    /// <summary>To be read from by the command; null where it reads a terminal, and once it has been given away.</summary>
    internal int? CommandEnd { get; private set; }

    /// <summary>Through a pipe, whose end is that of the input.</summary>
    internal static CommandInput Piped(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        (int commandEnd, int descriptor) = Descriptors.Pipe();
        return new CommandInput(descriptor, commandEnd, chunks);
    }

    /// <summary>Typed into a terminal. That has no end; it is told so as a person tells it.</summary>
    internal static CommandInput Into(CommandTerminal terminal, IEnumerable<ReadOnlyMemory<byte>> chunks) =>
        new(Descriptors.Copy(terminal.Master), null, chunks.Append(new[] { Terminals.EndOfInput }));

    /// <summary>To be called when the command has its end.</summary>
    internal void Start()
    {
        CloseCommandEnd();
        _feed = new InputFeed(_descriptor, _chunks);
    }

    /// <summary>Ends the input; what nobody has read is lost.</summary>
    public void Dispose()
    {
        CloseCommandEnd();
        if (_feed is null) Descriptors.Close(_descriptor);
        else _feed.Dispose();
    }

    private void CloseCommandEnd()
    {
        if (CommandEnd is { } open) Descriptors.Close(open);
        CommandEnd = null;
    }
}
