using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that wait for several containers at once, each on a thread of its own.</summary>
public abstract class ParallelCommand : ContainerCommand, IDisposable
{
    private readonly ParallelWork _work = new();

    /// <summary>Cancelled when nobody waits for the results any more: by Ctrl+C, or as the pipeline has all it wants.</summary>
    protected CancellationToken EndToken => _work.EndToken;

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer, and no need of one.")]
    public void Dispose() => _work.Cancel();

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _work.Cancel();
        base.StopProcessing();
    }

    /// <summary>Begins work on a thread of its own; its failure is written as an error record.</summary>
    /// <param name="container">What it is about.</param>
    /// <param name="work">Must not touch the pipeline; what it has to write it posts.</param>
    protected void RunBeside(Container container, Action work) => _work.Begin(container.Name, work, failure =>
    {
        if (failure is not null) Attempt(container.Name, () => ExceptionDispatchInfo.Throw(failure));
    });

    /// <summary>Has something done on the pipeline's thread, where it may write output. Any thread may call it.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    protected void Post(Action action) => _work.Post(action);

    /// <summary>Does what was posted by now.</summary>
    protected void DoPosted() => _work.DoPosted();

    /// <inheritdoc/>
    protected override void Process()
    {
        base.Process();
        DoPosted();
    }

    /// <summary>Does what is posted until all work has ended.</summary>
    protected override void End() => _work.DoAll(StopToken);
}
