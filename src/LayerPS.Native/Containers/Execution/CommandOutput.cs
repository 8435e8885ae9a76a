using System.Text;
using LayerPS.Linux;

namespace LayerPS.Containers;

/// <summary>One of the two streams that a command writes, as lines.</summary>
internal sealed class CommandOutput : IDisposable
{
    private const int ReadSize = 16 * 1024;

    private readonly string _container;
    private readonly LogStream _stream;
    private readonly Action<ContainerLogEntry> _output;
    private readonly byte[] _buffer = new byte[ReadSize];
    private readonly List<byte> _part = [];
    private readonly CommandTerminal? _terminal;

    /// <param name="container">The container's name.</param>
    /// <param name="stream">Which stream it is.</param>
    /// <param name="output">Called with each line.</param>
    /// <param name="terminal">What the command writes to, which stays the caller's; null for a pipe.</param>
    internal CommandOutput(
        string container, LogStream stream, Action<ContainerLogEntry> output, CommandTerminal? terminal = null)
    {
        _container = container;
        _stream = stream;
        _output = output;
        _terminal = terminal;
        (Descriptor, CommandEnd) = terminal is null ? Descriptors.Pipe() : (terminal.Master, terminal.Peer);
        Descriptors.DoNotBlock(Descriptor);
    }

    /// <summary>To be read from; -1, which poll(2) passes over, when all is read.</summary>
    internal int Descriptor { get; private set; }

    /// <summary>To be written to by the command; -1 once it has been given away.</summary>
    internal int CommandEnd { get; private set; }

    /// <summary>To be called when the command has its end: while this process has it too, there is no end of it.</summary>
    internal void CloseCommandEnd()
    {
        if (CommandEnd >= 0 && _terminal is null) Descriptors.Close(CommandEnd);
        CommandEnd = -1;
    }

    /// <summary>Hands out the whole lines that are there.</summary>
    internal void Read()
    {
        while (Descriptor >= 0 && Terminals.TryRead(Descriptor, _buffer) is { } count)
        {
            if (count == 0) CloseReading();
            else Split(_buffer.AsSpan(0, count));
        }
    }

    /// <summary>Hands out what is there, a last line without an end as well.</summary>
    internal void Finish()
    {
        Read();
        if (_part.Count > 0) Emit([]);
    }

    public void Dispose()
    {
        CloseCommandEnd();
        CloseReading();
    }

    private void Split(ReadOnlySpan<byte> bytes)
    {
        int end;
        while ((end = bytes.IndexOf((byte)'\n')) >= 0)
        {
            Emit(bytes[..end]);
            bytes = bytes[(end + 1)..];
        }

        _part.AddRange(bytes);
    }

    private void Emit(ReadOnlySpan<byte> rest)
    {
        _part.AddRange(rest);
        // A terminal puts it before each end of a line.
        if (_terminal is not null && _part is [.., (byte)'\r']) _part.RemoveAt(_part.Count - 1);
        string text = Encoding.UTF8.GetString([.. _part]);
        _part.Clear();
        _output(new ContainerLogEntry(_container, DateTimeOffset.UtcNow, _stream, text));
    }

    private void CloseReading()
    {
        if (Descriptor >= 0 && _terminal is null) Descriptors.Close(Descriptor);
        Descriptor = -1;
    }
}
