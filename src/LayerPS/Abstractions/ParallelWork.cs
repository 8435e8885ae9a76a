using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LayerPS.Abstractions;

/// <summary>
/// Work on threads of its own beside the pipeline's: the threads of the pool come too slowly for many that only wait.
/// What the work has to write it posts, and the pipeline's thread writes it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Work that was left behind still looks at them.")]
internal sealed class ParallelWork
{
    // Who posts faster than the pipeline takes it waits, rather than filling the memory.
    private const int PendingActions = 1000;
    private const int StackSize = 256 * 1024;

    private readonly BlockingCollection<Action> _actions = new(PendingActions);
    private readonly CancellationTokenSource _end = new();
    private int _running;

    /// <summary>Cancelled when nobody waits for the results any more: by Ctrl+C, or as the pipeline has all it wants.</summary>
    internal CancellationToken EndToken => _end.Token;

    /// <summary>Nobody waits for the results any more.</summary>
    internal void Cancel() => _end.Cancel();

    /// <summary>Begins work on a thread of its own.</summary>
    /// <param name="name">What it is about.</param>
    /// <param name="work">Must not touch the pipeline; what it has to write it posts.</param>
    /// <param name="ended">Called on the pipeline's thread at its end, with its failure or null.</param>
    internal void Begin(string name, Action work, Action<Exception?> ended)
    {
        _running++;
        new Thread(() => Run(work, ended), StackSize) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Has something done on the pipeline's thread, where it may write output. Any thread may call it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    internal void Post(Action action) => _actions.Add(action, EndToken);

    /// <summary>Does what was posted by now.</summary>
    internal void DoPosted()
    {
        while (_actions.TryTake(out Action? action)) action();
    }

    /// <summary>Does what is posted until all work has ended.</summary>
    internal void DoAll(CancellationToken stop)
    {
        while (_running > 0) _actions.Take(stop)();
    }

    private void Run(Action work, Action<Exception?> ended)
    {
        Exception? failure = null;
        try
        {
            work();
        }
        catch (Exception e)
        {
            failure = e;
        }

        try
        {
            Post(() =>
            {
                _running--;
                ended(failure);
            });
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
    }
}
