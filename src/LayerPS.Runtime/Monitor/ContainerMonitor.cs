using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using LayerPS.Storage;
using LayerPS.Volumes;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Starts one container and stays with it: keeps its log, records how it ended, and clears its cgroup away. It tells
/// its parent in one line on standard output, the content of <c>state.json</c>, how the start went.
/// </summary>
internal sealed class ContainerMonitor(string bundle, string id, string? firstSession = null)
{
    private const int StandardOutput = 1;
    private const int Killed = 128 + 9; // as shells have it, by SIGKILL

    private readonly PollLoop _loop = new();
    private readonly MonitorEvents _events = new(bundle, id);

    internal int Run()
    {
        _ = LibC.setsid();
        Descriptors.CloseInherited();
        ProgramExecution.IgnoreBrokenPipes();
        try
        {
            ThreadDirectory.Change(bundle);
            // Never released: it goes with this process.
            if (FileLock.TryAcquire(ContainerFiles.RunLock, exclusive: true) is null)
                throw new InvalidOperationException($"The container {id} runs already.");
        }
        catch (Exception e)
        {
            // Not the owner of state.json, so it only tells.
            Tell(Describe(new StartFailure(StartFailure.RuntimeFailed, e.Message)).ToJson());
            return StartFailure.RuntimeFailed;
        }

        try
        {
            return Supervise(MonitorPlan.Read());
        }
        catch (Exception e)
        {
            Tell(Record(Describe(new StartFailure(StartFailure.RuntimeFailed, e.Message))));
            return StartFailure.RuntimeFailed;
        }
    }

    private int Supervise(MonitorPlan plan)
    {
        using Attachments? attachments = plan.Terminal || plan.OpenInput ? new Attachments(_loop) : null;
        if (firstSession is not null) attachments?.ConnectFirst(firstSession);
        using var pump = new LogPump(_loop, new LogWriter(plan.Log), plan.Terminal ? attachments : null);
        ContainerRun run = new() { RestartCount = plan.RestartCount };
        RestartDelay delay = new();
        var health = HealthMonitor.Prepare(_loop, _events, plan);
        ContainerProcess? process = Start(plan, ref run);
        // Whatever the session does next is told after the start.
        AppendStart(run);
        Tell(run.ToJson());
        if (process is null) return run.ExitCode ?? StartFailure.RuntimeFailed;
        Detach();
        while (true)
        {
            health?.Begin(process.Pid);
            int end = process.AwaitEnd(_loop, pump, attachments);
            health?.End();
            run = DescribeEnd(run, process, end);
            // The user may have changed limits and policy meanwhile.
            plan = MonitorPlan.Read();
            bool again = plan.Restart.Allows(run.ExitCode, run.RestartCount) && !StopRequest.Exists(".");
            // The record tells whoever removes the container that nothing of it is needed any more.
            _events.Append(ContainerEventKind.Die, run.ExitCode);
            _ = Record(again ? DescribeRestarting(run) : run);
            process.RemoveCgroup();
            if (!again) break;
            if (!Rest(delay.After(run.Finished - run.Started ?? default)))
            {
                _ = Record(run);
                break;
            }

            run = DescribeRestarting(run);
            health = HealthMonitor.Prepare(_loop, _events, plan);
            process = Start(plan, ref run);
            AppendStart(run);
            if (process is null) return run.ExitCode ?? StartFailure.RuntimeFailed;

            // From here on whoever asks for a stop sees this process; a request that came before did not.
            if (StopRequest.Exists(".")) process.Kill();
        }

        if (plan.AutoRemove) RemoveContainer();
        return 0;
    }

    private void AppendStart(ContainerRun run)
    {
        if (run.State == ContainerState.Running) _events.Append(ContainerEventKind.Start);
        else _events.Append(ContainerEventKind.Die, run.ExitCode);
    }

    /// <summary>Starts the container's process, and records how that went.</summary>
    private static ContainerProcess? Start(MonitorPlan plan, ref ContainerRun run)
    {
        ContainerProcess? process = ContainerProcess.Start(plan, out StartFailure? failure);
        run = (process is null ? Describe(failure!) : DescribeRunning(process.Pid)) with { RestartCount = run.RestartCount };
        // One that ran before has ended.
        if (process is null && run.RestartCount > 0) run = run with { State = ContainerState.Exited };
        _ = Record(run);
        return process;
    }

    /// <summary>Waits for the next start.</summary>
    /// <returns>False when a stop was asked for meanwhile.</returns>
    private bool Rest(TimeSpan time)
    {
        bool over = false;
        using DirectoryWatch files = new(".");
        _loop.Watch(files.Descriptor, files.Clear, LibC.POLLIN);
        PollLoop.Deadline deadline = _loop.After(time, () => over = true);
        while (!over && !StopRequest.Exists(".")) _loop.RunOnce();
        _loop.Cancel(deadline);
        _loop.Forget(files.Descriptor);
        return over;
    }

    // The bundle is the container's directory in its store.
    private void RemoveContainer()
    {
        FileLock.AcquireBlocking(ContainerFiles.ReadersLock, exclusive: true);
        var layout = StoreLayout.OfContainer(bundle);
        if (new ContainerReader(layout).TryReadRecord(id) is not { } record) return;
        new ContainerRemoval(layout).Discard(id, record.Name);
        if (record.Config.Mounts.Count > 0) new VolumeStore(layout).RemoveAnonymous(record.Config.Mounts);
    }

    /// <summary>Lets go of the session that asked for the start.</summary>
    private static void Detach()
    {
        int nothing = Descriptors.Open("/dev/null", LibC.O_RDWR);
        for (int standard = 0; standard < 3; standard++) Descriptors.Duplicate(nothing, standard);
        Descriptors.Close(nothing);
    }

    private static ContainerRun Describe(StartFailure failure) => new()
    {
        State = ContainerState.Created,
        ExitCode = failure.ExitCode,
        ExitReason = ContainerExitReason.StartFailed,
        Finished = DateTimeOffset.UtcNow,
        Error = failure.Message,
    };

    private static ContainerRun DescribeRunning(int pid) => new()
    {
        State = ContainerState.Running,
        Pid = pid,
        PidStartTime = ProcessHandle.StartTimeOf(pid) ?? 0,
        MonitorPid = Environment.ProcessId,
        MonitorStartTime = ProcessHandle.StartTimeOf(Environment.ProcessId) ?? 0,
        Started = DateTimeOffset.UtcNow,
    };

    private static ContainerRun DescribeEnd(ContainerRun run, ContainerProcess process, int status) => run with
    {
        State = ContainerState.Exited,
        Finished = DateTimeOffset.UtcNow,
        ExitCode = ChildStatus.ExitCodeOf(status),
        Signal = ChildStatus.SignalOf(status),
        ExitReason = ReasonOf(process, status),
    };

    // A shell whose command was killed ends with that code, too.
    private static ContainerExitReason ReasonOf(ContainerProcess process, int status)
    {
        if (ChildStatus.ExitCodeOf(status) == Killed && process.RanOutOfMemory()) return ContainerExitReason.OutOfMemory;
        return ChildStatus.SignalOf(status) == 0 ? ContainerExitReason.Exited : ContainerExitReason.Signaled;
    }

    private static ContainerRun DescribeRestarting(ContainerRun run) => run with
    {
        State = ContainerState.Restarting,
        RestartCount = run.RestartCount + 1,
    };

    private static byte[] Record(ContainerRun run)
    {
        byte[] json = run.ToJson();
        // Where even that cannot be, the session hears it all the same, and whoever looks later finds a container without a
        // monitor.
        _ = AtomicFile.TryReplace(ContainerFiles.Run, json);
        return json;
    }

    private static void Tell(byte[] line)
    {
        try
        {
            Descriptors.WriteAll(StandardOutput, line);
            Descriptors.WriteAll(StandardOutput, "\n"u8);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EPIPE)
        {
            // The session that asked is gone; what it would have read is in state.json.
        }
    }
}
