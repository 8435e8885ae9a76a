using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Carries what somebody has to say into a command's standard input, on a thread of its own.</summary>
internal sealed class CommandInput : IDisposable
{
    private readonly IEnumerable<ReadOnlyMemory<byte>> _chunks;
    private readonly CancellationTokenSource _stop = new();
    private readonly int _descriptor;
    private Thread? _feeder;

    internal CommandInput(IEnumerable<ReadOnlyMemory<byte>> chunks)
    {
        _chunks = chunks;
        (CommandEnd, _descriptor) = Descriptors.Pipe();
        Descriptors.DoNotBlock(_descriptor);
    }

    /// <summary>To be read from by the command; -1 once it has been given away.</summary>
    internal int CommandEnd { get; private set; }

    /// <summary>To be called when the command has its end.</summary>
    internal void Start()
    {
        Descriptors.Close(CommandEnd);
        CommandEnd = -1;
        _feeder = new Thread(Feed) { IsBackground = true, Name = "Input of a command" };
        _feeder.Start();
    }

    /// <summary>Ends the input; what nobody has read is lost.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        if (CommandEnd >= 0) Descriptors.Close(CommandEnd);
        if (_feeder is null) Descriptors.Close(_descriptor);
    }

    private void Feed()
    {
        try
        {
            foreach (ReadOnlyMemory<byte> chunk in _chunks)
            {
                if (!Write(chunk.Span)) return;
            }
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EPIPE)
        {
            // The command has ended or reads no more, as head does.
        }
        catch (OperationCanceledException)
        {
            // Whoever had more to say was stopped.
        }
        finally
        {
            Descriptors.Close(_descriptor);
        }
    }

    private bool Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (!DescriptorPoll.WaitWritable(_descriptor, _stop.Token)) return false;
            bytes = bytes[(Descriptors.TryWrite(_descriptor, bytes) ?? 0)..];
        }

        return !_stop.IsCancellationRequested;
    }
}
