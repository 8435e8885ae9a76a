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

        int log = Descriptors.Open(
            ContainerFiles.Log, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND | LibC.O_NOFOLLOW, LogMode);
        (int report, int reportEnd) = Descriptors.Pipe();
        (int output, int outputEnd) = Descriptors.Pipe();
        (int error, int errorEnd) = Descriptors.Pipe();
        int input = Descriptors.Open("/dev/null", LibC.O_RDWR);

        int pid = StartInit(plan, new InitArguments(reportEnd, input, outputEnd, errorEnd));
        foreach (int passed in (ReadOnlySpan<int>)[reportEnd, outputEnd, errorEnd]) Descriptors.Close(passed);

        if (ReadReport(report) is { } failure)
        {
            _ = ChildStatus.Wait(pid);
            _cgroup?.Remove();
            return Fail(failure);
        }

        var run = new ContainerRun
        {
            State = ContainerState.Running,
            Pid = pid,
            PidStartTime = ProcessHandle.StartTimeOf(pid) ?? 0,
            MonitorPid = Environment.ProcessId,
            MonitorStartTime = ProcessHandle.StartTimeOf(Environment.ProcessId) ?? 0,
            Started = DateTimeOffset.UtcNow,
        };
        byte[] state = Record(run);
        Tell(state);
        for (int standard = 0; standard < 3; standard++) Descriptors.Duplicate(input, standard);

        LogPump.Run(pid, output, error, log);
        int status = ChildStatus.Wait(pid);
        _ = Record(run with
        {
            State = ContainerState.Exited,
            Finished = DateTimeOffset.UtcNow,
            ExitCode = ChildStatus.ExitCodeOf(status),
            Signal = ChildStatus.SignalOf(status),
            ExitReason = ChildStatus.SignalOf(status) == 0 ? ContainerExitReason.Exited : ContainerExitReason.Signaled,
        });
        _cgroup?.Remove();
        if (plan.AutoRemove) RemoveContainer();
        return 0;
    }

    // The bundle is the container's directory in its store.
    private void RemoveContainer()
    {
        FileLock.AcquireBlocking(ContainerFiles.ReadersLock, exclusive: true);
        var layout = StoreLayout.OfContainer(bundle);
        if (new ContainerReader(layout).TryReadRecord(id) is { } record)
            new ContainerRemoval(layout).Discard(id, record.Name);
    }

    private int StartInit(MonitorPlan plan, InitArguments init)
    {
        foreach (int passed in (ReadOnlySpan<int>)[init.Report, init.Input, init.Output, init.Error])
            Descriptors.Inherit(passed);

        int cgroup = _cgroup?.VersionTwoDirectory is { } directory
            ? Descriptors.Open(directory, LibC.O_RDONLY | LibC.O_DIRECTORY)
            : -1;
        int pid = ChildProcess.Start(
            "/proc/self/exe", init.ToCommandLine("layerps-runtime"), [], (ulong)plan.Namespaces, cgroup);
        if (cgroup >= 0) Descriptors.Close(cgroup);
        return pid;
    }

    /// <summary>The pipe closes without a word when the command has been executed.</summary>
    private static StartFailure? ReadReport(int report)
    {
        Span<byte> buffer = stackalloc byte[4096];
        int length = 0;
        int count;
        while ((count = Descriptors.Read(report, buffer[length..])) > 0) length += count;
        Descriptors.Close(report);
        return length == 0 ? null : StartFailure.Parse(buffer[..length]);
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
