using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Monitor;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Starts the join stage, which becomes a further command in a container, and hears from it how that went.</summary>
internal static class JoinStage
{
    /// <param name="plan">What is executed where.</param>
    /// <param name="line">The plan as the stage reads it.</param>
    /// <param name="streams">The stage's standard streams, and what else it has besides the descriptors that are made here.</param>
    /// <param name="started">Called when the stage has inherited its descriptors, and before it is heard.</param>
    /// <param name="failure">Why the command could not be executed; null when it runs.</param>
    /// <returns>The process's number; it has been waited for when it failed.</returns>
    /// <remarks>From here on the calling thread can start no other one, see pid_namespaces(7).</remarks>
    /// <exception cref="InvalidOperationException">The container has ended.</exception>
    internal static int Start(
        ExecutionPlan plan, ReadOnlySpan<byte> line, StageArguments streams, Action started, out StartFailure? failure)
    {
        using ProcessHandle container = ProcessHandle.TryOpen(plan.Pid, plan.PidStartTime)
            ?? throw new InvalidOperationException("The container has ended.");
        (int report, int reportEnd) = Descriptors.Pipe();
        (int planEnd, int planStart) = Descriptors.Pipe();
        StageArguments arguments = streams with
        {
            Report = reportEnd, Plan = planEnd, Container = container.Descriptor,
            Filter = plan.Seccomp is { } filter ? Descriptors.Open(filter, LibC.O_RDONLY) : StageArguments.None,
        };
        ContainerCgroup? cgroup = plan.CgroupPath is { } path ? new(CgroupHierarchy.OnThisHost(), path) : null;

        // Only children are in it.
        if (plan.Namespaces.Contains("pid")) Namespaces.Join(container.Descriptor, LibC.CLONE_NEWPID);
        UserNamespaceEntry? entry = plan.Namespaces.Contains(JoinProcess.UserNamespace)
            ? new() { Tasks = cgroup?.OpenVersionOneTasks() ?? [], Join = container.Descriptor }
            : null;
        int pid = StageProcess.Start(arguments, namespaces: 0, cgroup, entry);
        foreach (int passed in (ReadOnlySpan<int>)[reportEnd, planEnd]) Descriptors.Close(passed);
        started();
        Tell(planStart, line);
        failure = StageProcess.ReadReport(report);
        if (failure is not null) _ = ChildStatus.Wait(pid);
        return pid;
    }

    private static void Tell(int plan, ReadOnlySpan<byte> line)
    {
        try
        {
            Descriptors.WriteAll(plan, line);
        }
        catch (LinuxException broken) when (broken.Errno == LibC.EPIPE)
        {
            // The report says why.
        }

        Descriptors.Close(plan);
    }
}
