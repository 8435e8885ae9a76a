using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace LayerPS.Abstractions;

/// <summary>
/// What cmdlets share that wait for several containers at once, each on a thread of its own: the threads of the pool come
/// too slowly for many that only wait. What the work has to say is written by the pipeline's thread.
/// </summary>
public abstract class ParallelCommand : ContainerCommand, IDisposable
{
    // Who posts faster than the pipeline takes it waits, rather than filling the memory.
    private const int PendingActions = 1000;
    private const int StackSize = 256 * 1024;

    private readonly BlockingCollection<Action> _actions = new(PendingActions);
    private readonly CancellationTokenSource _end = new();
    private int _running;

    /// <summary>Cancelled when nobody waits for the results any more: by Ctrl+C, or as the pipeline has all it wants.</summary>
    protected CancellationToken EndToken => _end.Token;

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer, and no need of one.")]
    public void Dispose() => _end.Cancel();

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _end.Cancel();
        base.StopProcessing();
    }

    /// <summary>Begins work on a thread of its own; its failure is written as an error record.</summary>
    /// <param name="container">What it is about.</param>
    /// <param name="work">Must not touch the pipeline; what it has to write it posts.</param>
    protected void RunBeside(Container container, Action work)
    {
        _running++;
        new Thread(() => Run(container, work), StackSize) { IsBackground = true, Name = container.Name }.Start();
    }

    /// <summary>Has something done on the pipeline's thread, where it may write output. Any thread may call it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    protected void Post(Action action) => _actions.Add(action, EndToken);

    /// <summary>Does what was posted by now.</summary>
    protected void DoPosted()
    {
        while (_actions.TryTake(out Action? action)) action();
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        base.Process();
        DoPosted();
    }

    /// <summary>Does what is posted until all work has ended.</summary>
    protected override void End()
    {
        while (_running > 0) _actions.Take(StopToken)();
    }

    private void Run(Container container, Action work)
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
            Post(() => Finish(container, failure));
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
    }

    private void Finish(Container container, Exception? failure)
    {
        _running--;
        if (failure is not null) Attempt(container.Name, () => ExceptionDispatchInfo.Throw(failure));
    }
}
