using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Commands;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// The join stage: born into the pid namespace of a running container, it enters its cgroup and its other namespaces
/// and becomes a further command there.
/// </summary>
internal sealed class JoinProcess(StageArguments arguments) : ContainerStage(arguments)
{
    internal const string Name = "join";
    internal const string UserNamespace = "user";

    protected override void Become()
    {
        // Of its own, so that a signal reaches what it starts and nothing else.
        _ = LibC.setsid();

        Step = "reading the command";
        ExecutionPlan plan = ExecutionPlan.Parse(LineInput.Read(Arguments.Plan));

        // In a container with users of its own this process has no right to, and joined it before it was there.
        bool mapped = plan.Namespaces.Contains(UserNamespace);
        if (!mapped && plan.CgroupPath is { } cgroup) JoinCgroup(cgroup);

        SetOutOfMemoryScore(plan.Process);

        Step = "joining the namespaces";
        int flags = 0;
        foreach (string type in plan.Namespaces) flags |= Namespaces.FlagOf(type);
        // A mount namespace takes only a thread that shares its current directory with no other, see setns(2).
        Namespaces.Unshare(LibC.CLONE_FS);
        Namespaces.Join(Arguments.Container, flags & ~(LibC.CLONE_NEWPID | LibC.CLONE_NEWUSER));

        Step = "making the terminal";
        int? terminal = !plan.Process.Terminal ? null
            : Arguments.Console == StageArguments.None ? Arguments.Input
            : ContainerTerminal.Make(plan.Process.ConsoleSize, Arguments.Console, isConsole: false);
        Execute(plan.Process, plan.User, diesWithParent: !plan.Detached, terminal);
    }
}
