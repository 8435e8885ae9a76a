using System.Globalization;
using System.Text;
using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Monitor;
using Tmds.Linux;

namespace LayerPS.Runtime.Commands;

/// <summary>
/// Runs one further command in a running container and stays with it to its end. The plan comes in one line on standard
/// input, which then stays open: when it closes, the session is gone or does not want the command any more, and the
/// command is ended. Standard output tells in one line how the start went: empty when it runs, else the failure. How it
/// ended goes to the pipe for that.
/// </summary>
internal sealed class CommandSupervisor
{
    private const int StandardInput = 0, StandardOutput = 1;

    // Whoever pressed Ctrl+C is not kept waiting.
    private static readonly TimeSpan PatienceAfterEnd = TimeSpan.FromSeconds(0.5);

    private readonly PollLoop _loop = new();
    private readonly byte[] _planLine;
    private readonly ExecutionPlan _plan;

    internal CommandSupervisor()
    {
        ProgramExecution.IgnoreBrokenPipes();
        Descriptors.CloseInherited();
        _planLine = LineInput.Read(StandardInput).ToArray();
        _plan = ExecutionPlan.Parse(_planLine);
    }

    internal int Run()
    {
        StartFailure? failure;
        int pid = 0;
        SessionDescriptors? streams = null;
        try
        {
            streams = SessionDescriptors.Open(_plan);
            pid = Start(streams, out failure);
        }
        catch (Exception e)
        {
            failure = new StartFailure(StartFailure.RuntimeFailed, e.Message);
        }

        Tell(StandardOutput, failure is null ? "" : failure.ToLine());
        if (failure is not null) return failure.ExitCode;
        if (_plan.Detached) return 0;

        int exitCode = Await(pid);
        Tell(streams!.End, exitCode.ToString(CultureInfo.InvariantCulture));
        return exitCode;
    }

    private int Start(SessionDescriptors streams, out StartFailure? failure)
    {
        var arguments = new StageArguments(JoinProcess.Name)
        {
            Report = StageArguments.None, Input = streams.Input, Output = streams.Output, Error = streams.Error,
        };
        return JoinStage.Start(_plan, _planLine, arguments, () => ClosePassed(streams), out failure);
    }

    private static void ClosePassed(SessionDescriptors streams)
    {
        foreach (int passed in (HashSet<int>)[streams.Input, streams.Output, streams.Error])
        {
            if (passed != streams.End) Descriptors.Close(passed);
        }
    }

    private int Await(int pid)
    {
        int process = ProcessHandle.OpenDescriptor(pid);
        bool ended = false;
        _loop.Watch(process, () => ended = true, LibC.POLLIN);
        _loop.Watch(StandardInput, () => End(pid), LibC.POLLIN);
        while (!ended) _loop.RunOnce();
        return ChildStatus.ExitCodeOf(ChildStatus.Wait(pid));
    }

    // The leader has not been waited for, so the group's number is still its own.
    private void End(int group)
    {
        _loop.Forget(StandardInput);
        ProcessGroup.Signal(group, LibC.SIGTERM);
        // A stopped process takes no other signal.
        ProcessGroup.Signal(group, LibC.SIGCONT);
        _ = _loop.After(PatienceAfterEnd, () => ProcessGroup.Signal(group, LibC.SIGKILL));
    }

    private static void Tell(int descriptor, string line)
    {
        try
        {
            Descriptors.WriteAll(descriptor, Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EPIPE)
        {
            // The session is gone, and nobody asks.
        }
    }
}
