using LayerPS.Linux;
using LayerPS.Runtime.Monitor;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// The first process of a container that wants an init: it has the init stage become the command as its child, passes
/// signals on to that, waits for every process that nobody else waits for, and ends as the command does. It reads no
/// configuration, so that it stays small, and keeps no right but the one to send signals.
/// </summary>
internal sealed class ReaperProcess(StageArguments arguments) : ContainerStage(arguments)
{
    internal const string Name = "reaper";

    protected override void Become()
    {
        if (Arguments.CgroupPath is { } path)
        {
            JoinCgroup(path);
            Namespaces.Unshare(LibC.CLONE_NEWCGROUP);
        }

        Step = "starting the command";
        int furnished = Arguments.CgroupPath is null ? Arguments.Furnished : StageArguments.None;
        int command = StageProcess.StartNext(
            Arguments with { Stage = InitProcess.Name, CgroupPath = null, Furnished = furnished });

        Step = "giving up rights";
        ProgramExecution.SetName("layerps-init"u8);
        // The child takes the old root away; until then this is that one's, and from then on the new one's.
        ThreadDirectory.Change("/");
        ProgramExecution.DenyDump();
        ulong kill = Capabilities.MaskOf(["CAP_KILL"]);
        Capabilities.LimitBounding(kill);
        Capabilities.Set(effective: kill, permitted: kill, inheritable: 0, ambient: 0);
        ProgramExecution.DenyNewPrivileges();
        DieWithParent();
        CloseAll();
        Serve(command);
    }

    // The session waits for the end of the report, and readers for that of the streams, which are the command's alone.
    private void CloseAll()
    {
        foreach (int descriptor in (HashSet<int>)[0, 1, 2, .. Arguments.Passed]) Descriptors.Close(descriptor);
    }

    // Nothing in here allocates: a collection would wait for a thread that takes no signal.
    private static void Serve(int command)
    {
        while (true)
        {
            while (ChildStatus.TryReap(out int pid, out int status))
            {
                if (pid == command) ProgramExecution.End(ChildStatus.ExitCodeOf(status));
            }

            int signal = SignalMask.Await();
            if (signal != LibC.SIGCHLD) _ = LibC.kill(command, signal);
        }
    }
}
