using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace LayerPS.Abstractions;

/// <summary>
/// What all cmdlets share: the engine, Ctrl+C, and the one way from a failure to an error record. A cmdlet overrides
/// <see cref="Process"/>, and <see cref="Begin"/> and <see cref="End"/> where it needs them; what these throw becomes a
/// record that does not end the pipeline.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A stop may come after the end; without a timer nothing is held.")]
public abstract class EngineCommand : PSCmdlet
{
    private static int _activities;

    private readonly CancellationTokenSource _stopping = new();
    private readonly int _activity = Interlocked.Increment(ref _activities);
    private ContainerEngine? _engine;

    /// <summary>The engine on the session's store, opened once; a failure to open it ends the command.</summary>
    protected ContainerEngine Engine => _engine ??= OpenEngine();

    /// <summary>Cancelled by Ctrl+C, and when the pipeline is stopped in another way.</summary>
    protected CancellationToken StopToken => _stopping.Token;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Attempt(null, Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Attempt(null, Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Attempt(null, End);

    /// <inheritdoc/>
    protected override void StopProcessing() => _stopping.Cancel();

    /// <summary>Called once, before the first record.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Called for each record of the pipeline, or once where there is none.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Called once, after the last record.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Does something; a failure is written as an error record, so that the next thing can be done.</summary>
    /// <param name="target">What the error is about, where the failure does not know it.</param>
    /// <param name="work">Runs on this thread, and may write to the pipeline.</param>
    /// <returns>False when it failed.</returns>
    protected bool Attempt(object? target, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (SessionStateException e)
        {
            // A path on a drive that is not there, and the like.
            WriteError(new ErrorRecord(e.ErrorRecord, e));
            return false;
        }
        catch (Exception e) when (!IsOfPowerShell(e))
        {
            WriteFailure(e, target);
            return false;
        }
    }

    /// <summary>Does something with each of several things; one that fails does not keep the others from it.</summary>
    protected void AttemptEach<T>(IEnumerable<T> items, Action<T> work)
    {
        foreach (T item in items) Attempt(item, () => work(item));
    }

    /// <summary>Writes objects as they come. WriteObject would hold all of them back until the last is there.</summary>
    protected void WriteEach<T>(IEnumerable<T> items)
    {
        foreach (T item in items) WriteObject(item);
    }

    /// <summary>Writes a failure as an error record.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="target">What it is about, where the failure does not know it.</param>
    protected void WriteFailure(Exception failure, object? target = null) => WriteError(failure.ToErrorRecord(target));

    /// <summary>
    /// Runs engine work on a thread of its own, and writes here what it reports. Throws what the work throws.
    /// </summary>
    /// <param name="activity">What is being done, for the progress bar: <c>Importing 'a.tar'</c>.</param>
    /// <param name="totalBytes">How many bytes there are to do; null when nobody knows.</param>
    /// <param name="work">Must not touch the pipeline; it reports to its argument.</param>
    protected T RunInBackground<T>(string activity, long? totalBytes, Func<BackgroundWork, T> work)
    {
        // Opened here and not by the work: its failure ends the command, which only this thread may do.
        _ = Engine;
        BackgroundWork background = new(this, new ProgressRecord(_activity, activity, " "), totalBytes, StopToken);
        return background.Run(work);
    }

    private ContainerEngine OpenEngine()
    {
        try
        {
            return ContainerEngine.Open();
        }
        catch (Exception e)
        {
            ThrowTerminatingError(e.ToErrorRecord(null));
            throw;
        }
    }

    // A pipeline that ends early, a script block's break or exit, an error of another cmdlet: not ours to report.
    private static bool IsOfPowerShell(Exception failure) => failure.GetType().Assembly == typeof(PSCmdlet).Assembly;
}
