using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LayerPS.Arguments;

/// <summary>What comes through the pipeline, on its way into a standard input that is read on another thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Whoever reads it may do so after the end.")]
internal sealed class PipelineInput
{
    // Whoever says more than is read waits, rather than filling the memory.
    private const int PendingInputs = 1000;
    private const int PatienceMilliseconds = 10;

    private readonly BlockingCollection<ReadOnlyMemory<byte>> _said = new(PendingInputs);

    /// <summary>What is said, as it comes; for the thread that reads it.</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Read(CancellationToken end) => _said.GetConsumingEnumerable(end);

    /// <summary>Says something more; waits while too much of it is not yet read.</summary>
    /// <param name="bytes">What is said.</param>
    /// <param name="wait">Called from time to time on this thread while it waits.</param>
    /// <param name="stop">Ends the waiting.</param>
    internal void Say(ReadOnlyMemory<byte> bytes, Action wait, CancellationToken stop)
    {
        wait();
        try
        {
            while (!_said.TryAdd(bytes, PatienceMilliseconds, stop)) wait();
        }
        catch (InvalidOperationException)
        {
            // Nobody reads any more; what more there is to say nobody hears, as in a pipe of programs.
        }
    }

    /// <summary>Nothing more is said, or nothing more is read.</summary>
    internal void Complete() => _said.CompleteAdding();
}
