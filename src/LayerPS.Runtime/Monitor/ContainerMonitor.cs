using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// Starts one container and stays with it: keeps its log, records how it ended, and clears its cgroup away. It tells
/// its parent in one line on standard output, the content of <c>state.json</c>, how the start went.
/// </summary>
internal sealed class ContainerMonitor(string bundle, string id)
{
    private const int StandardOutput = 1;
    private const uint LogMode = 416; // rw-r-----

    private readonly PollLoop _loop = new();
    private ContainerCgroup? _cgroup;

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
            return Supervise();
        }
        catch (Exception e)
        {
            _cgroup?.Remove();
            return Fail(new StartFailure(StartFailure.RuntimeFailed, e.Message));
        }
    }

    private int Supervise()
    {
        MonitorPlan plan = MonitorPlan.Read();
        if (plan.CgroupPath is { } path)
        {
            _cgroup = new ContainerCgroup(CgroupHierarchy.OnThisHost(), path);
            _cgroup.Create();
        }

        using var pump = new LogPump(_loop, new LogWriter(OpenLog()));
        ContainerStreams streams = ContainerStreams.Open();
        int pid = InitStage.Start(plan, _cgroup, streams, out StartFailure? failure);
        if (failure is not null)
        {
            _cgroup?.Remove();
            return Fail(failure);
        }

        ContainerRun run = DescribeRunning(pid);
        Tell(Record(run));
        Detach();
        pump.Add(streams.Output, LogStream.StandardOutput);
        pump.Add(streams.Error, LogStream.StandardError);
        AwaitEnd(pid);
        pump.Finish();
        streams.Close();
        _ = Record(DescribeEnd(run, ChildStatus.Wait(pid)));
        _cgroup?.Remove();
        if (plan.AutoRemove) RemoveContainer();
        return 0;
    }

    private void AwaitEnd(int pid)
    {
        int process = ProcessHandle.OpenDescriptor(pid);
        bool ended = false;
        _loop.Watch(process, () => ended = true, LibC.POLLIN);
        while (!ended) _loop.RunOnce();
        _loop.Forget(process);
        Descriptors.Close(process);
    }

    // The bundle is the container's directory in its store.
    private void RemoveContainer()
    {
        FileLock.AcquireBlocking(ContainerFiles.ReadersLock, exclusive: true);
        var layout = StoreLayout.OfContainer(bundle);
        if (new ContainerReader(layout).TryReadRecord(id) is { } record)
            new ContainerRemoval(layout).Discard(id, record.Name);
    }

    private static int OpenLog() => Descriptors.Open(
        ContainerFiles.Log, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_NOFOLLOW, LogMode);

    /// <summary>Lets go of the session that asked for the start.</summary>
    private static void Detach()
    {
        int nothing = Descriptors.Open("/dev/null", LibC.O_RDWR);
        for (int standard = 0; standard < 3; standard++) Descriptors.Duplicate(nothing, standard);
        Descriptors.Close(nothing);
    }

    private static int Fail(StartFailure failure)
    {
        Tell(Record(Describe(failure)));
        return failure.ExitCode;
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

    private static ContainerRun DescribeEnd(ContainerRun run, int status) => run with
    {
        State = ContainerState.Exited,
        Finished = DateTimeOffset.UtcNow,
        ExitCode = ChildStatus.ExitCodeOf(status),
        Signal = ChildStatus.SignalOf(status),
        ExitReason = ChildStatus.SignalOf(status) == 0 ? ContainerExitReason.Exited : ContainerExitReason.Signaled,
    };

    private static byte[] Record(ContainerRun run)
    {
        byte[] json = run.ToJson();
        AtomicFile.Write(ContainerFiles.Run, json, durable: false);
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
