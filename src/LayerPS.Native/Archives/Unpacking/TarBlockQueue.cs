namespace LayerPS.Archives;

/// <summary>
/// Hands blocks from one thread to another. A waiting thread sleeps at once: those of the framework's collections spin
/// first, and take the processor from the thread that they wait for.
/// </summary>
internal sealed class TarBlockQueue
{
    private readonly Queue<TarBlock> _blocks = [];
    private bool _completed;
    private bool _stopped;

    internal void Add(TarBlock block)
    {
        lock (_blocks)
        {
            _blocks.Enqueue(block);
            Monitor.Pulse(_blocks);
        }
    }

    /// <summary>Waits for the next block.</summary>
    /// <returns>Null when the last one has been taken.</returns>
    /// <exception cref="OperationCanceledException">The queue was stopped.</exception>
    internal TarBlock? Take()
    {
        lock (_blocks)
        {
            while (_blocks.Count == 0 && !_completed && !_stopped) Monitor.Wait(_blocks);
            if (_stopped) throw new OperationCanceledException();
            return _blocks.TryDequeue(out TarBlock? block) ? block : null;
        }
    }

    /// <summary>No block comes any more.</summary>
    internal void Complete()
    {
        lock (_blocks)
        {
            _completed = true;
            Monitor.PulseAll(_blocks);
        }
    }

    /// <summary>Wakes who waits, with an exception.</summary>
    internal void Stop()
    {
        lock (_blocks)
        {
            _stopped = true;
            Monitor.PulseAll(_blocks);
        }
    }
}
