using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Carries what somebody has to say into a descriptor, on a thread of its own, and then closes it.</summary>
internal sealed class InputFeed : IDisposable
{
    private readonly int _descriptor;
    private readonly IEnumerable<ReadOnlyMemory<byte>> _chunks;
    private readonly Action? _said;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;

    /// <param name="descriptor">One that does not block; it belongs to the feed from now on.</param>
    /// <param name="chunks">What is to be said; asked for on the feed's thread.</param>
    /// <param name="said">Called there when all of it has been said and the descriptor is closed.</param>
    internal InputFeed(int descriptor, IEnumerable<ReadOnlyMemory<byte>> chunks, Action? said = null)
    {
        _descriptor = descriptor;
        _chunks = chunks;
        _said = said;
        _thread = new Thread(Feed) { IsBackground = true, Name = "Input of a container" };
        _thread.Start();
    }

    /// <summary>Ends the input; what nobody has read is lost.</summary>
    public void Dispose() => _stop.Cancel();

    /// <summary>Waits until nothing is asked for any more.</summary>
    internal void Join() => _thread.Join();

    private void Feed()
    {
        bool whole = false;
        try
        {
            whole = _chunks.All(chunk => Write(chunk.Span));
        }
        catch (LinuxException failure) when (failure.Errno is var errno && (errno == LibC.EPIPE || errno == LibC.EIO))
        {
            // Whoever was to hear it has ended or reads no more, as head does.
        }
        catch (OperationCanceledException)
        {
            // Whoever had more to say was stopped.
        }
        finally
        {
            Descriptors.Close(_descriptor);
        }

        if (whole) _said?.Invoke();
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
