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
        using ProcessHandle? network = OpenNetwork(plan);
        (int report, int reportEnd) = Descriptors.Pipe();
        var arguments = new StageArguments(plan.Init ? ReaperProcess.Name : InitProcess.Name)
        {
            Report = reportEnd, Input = streams.Input, Output = streams.OutputEnd, Error = streams.ErrorEnd,
            Console = streams.ConsoleEnd,
            Container = network?.Descriptor ?? StageArguments.None,
            CgroupPath = plan.Init ? plan.CgroupPath : null,
        };
        // The reaper must be born with all signals blocked: .NET has threads before it could block them itself.
        if (plan.Init) SignalMask.BlockAll();
        int pid = StageProcess.Start(arguments, plan.Namespaces, cgroup);
        if (plan.Init) SignalMask.BlockNone();
        Descriptors.Close(reportEnd);
        streams.ClosePassed();
        failure = StageProcess.ReadReport(report);
        if (failure is null) streams.ReceiveTerminal();
        else _ = ChildStatus.Wait(pid);
        return pid;
    }

    // Found anew at each start: the other one may have been started again meanwhile, and has another namespace then.
    private static ProcessHandle? OpenNetwork(MonitorPlan plan)
    {
        if (plan.NetworkContainer is not { } id) return null;
        ContainerRun? other = SmallFile.TryRead(Path.Combine("..", id, ContainerFiles.Run)) is { } json
            ? ContainerRunJson.Parse(json)
            : null;
        return (other is null ? null : ProcessHandle.TryOpen(other.Pid, other.PidStartTime))
            ?? throw new InvalidOperationException($"The container {id}, whose network it shares, does not run.");
    }
}
