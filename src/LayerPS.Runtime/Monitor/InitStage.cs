using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using LayerPS.Storage;

namespace LayerPS.Runtime.Monitor;

/// <summary>Starts the init stage, which becomes the container's process, and hears from it how that went.</summary>
internal static class InitStage
{
    /// <param name="plan">How to start it.</param>
    /// <param name="cgroup">Where it is born; null for the monitor's own.</param>
    /// <param name="streams">Its standard streams.</param>
    /// <param name="failure">Why the process could not be started; null when it runs.</param>
    /// <returns>The process's number; it has been waited for when it failed.</returns>
    internal static int Start(
        MonitorPlan plan, ContainerCgroup? cgroup, ContainerStreams streams, out StartFailure? failure)
    {
        (int report, int reportEnd) = Descriptors.Pipe();
        var arguments = new StageArguments(plan.Init ? ReaperProcess.Name : InitProcess.Name)
        {
            Report = reportEnd, Input = streams.Input, Output = streams.OutputEnd, Error = streams.ErrorEnd,
            Console = streams.ConsoleEnd,
            CgroupPath = plan.Init ? plan.CgroupPath : null,
        };
        int pid = Start(plan, cgroup, arguments);
        Descriptors.Close(reportEnd);
        streams.ClosePassed();
        failure = StageProcess.ReadReport(report);
        if (failure is null) streams.ReceiveTerminal();
        else _ = ChildStatus.Wait(pid);
        return pid;
    }

    private static int Start(MonitorPlan plan, ContainerCgroup? cgroup, StageArguments arguments)
    {
        using var shared = SharedNamespaces.Enter(plan.Shared);
        // The reaper must be born with all signals blocked: .NET has threads before it could block them itself.
        if (plan.Init) SignalMask.BlockAll();
        int pid = StageProcess.Start(arguments, plan.Namespaces, cgroup);
        if (plan.Init) SignalMask.BlockNone();
        return pid;
    }
}
