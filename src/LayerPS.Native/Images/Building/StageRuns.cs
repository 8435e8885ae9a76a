using System.Runtime.ExceptionServices;

namespace LayerPS.Images;

/// <summary>
/// The stages of a plan, each on a thread of its own; one that wants another waits for it. Only stages above can be
/// wanted, so none waits for ever. When one fails, the others end as well.
/// </summary>
internal sealed class StageRuns : IDisposable
{
    private readonly BuildPlan _plan;
    private readonly Func<BuildStage, StageState> _build;
    private readonly CancellationTokenSource _stop;
    private readonly Dictionary<int, Task<StageState>> _tasks;
    private ExceptionDispatchInfo? _failure;

    internal StageRuns(BuildPlan plan, Func<BuildStage, StageState> build, CancellationToken stop)
    {
        _plan = plan;
        _build = build;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _tasks = plan.Stages.ToDictionary(
            static stage => stage.Index,
            stage => new Task<StageState>(() => Build(stage), TaskCreationOptions.LongRunning));
    }

    internal CancellationToken Stop => _stop.Token;

    /// <summary>Builds all of them; the target on this thread.</summary>
    /// <returns>The target.</returns>
    internal StageState Run()
    {
        foreach (BuildStage stage in _plan.Stages.SkipLast(1)) _tasks[stage.Index].Start(TaskScheduler.Default);
        Task<StageState> target = _tasks[_plan.Target.Index];
        target.RunSynchronously(TaskScheduler.Default);
        try
        {
            Task.WaitAll(_tasks.Values);
        }
        catch (AggregateException)
        {
            // The first failure is told; the others follow from it.
            _failure!.Throw();
        }

        return target.Result;
    }

    /// <summary>The stage of that name or number above another one; null where there is none.</summary>
    internal BuildStage? Find(string name, BuildStage below) =>
        _plan.Stages.LastOrDefault(stage => stage.Index < below.Index && stage.IsCalled(name));

    /// <summary>A stage when it is done, which this waits for.</summary>
    /// <exception cref="OperationCanceledException">It, or another one, has failed.</exception>
    internal StageState StateOf(BuildStage stage)
    {
        Task<StageState> task = _tasks[stage.Index];
        task.Wait(Stop);
        return task.Result;
    }

    public void Dispose() => _stop.Dispose();

    private StageState Build(BuildStage stage)
    {
        try
        {
            return _build(stage);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(e), null);
            _stop.Cancel();
            throw;
        }
    }
}
