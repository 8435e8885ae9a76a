using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>Starts the init stage, which becomes the container's process, and hears from it how that went.</summary>
internal static class InitStage
{
    /// <param name="plan">How to start it.</param>
    /// <param name="cgroup">Where it is born; null for the monitor's own. It is furnished while the stage begins.</param>
    /// <param name="streams">Its standard streams.</param>
    /// <param name="failure">Why the process could not be started; null when it runs.</param>
    /// <returns>The process's number; it has been waited for when it failed.</returns>
    internal static int Start(
        MonitorPlan plan, ContainerCgroup? cgroup, ContainerStreams streams, out StartFailure? failure)
    {
        (int report, int reportEnd) = Descriptors.Pipe();
        (int furnished, int furnishedEnd) = Descriptors.Pipe();
        var arguments = new StageArguments(plan.Init ? ReaperProcess.Name : InitProcess.Name)
        {
            Report = reportEnd, Input = streams.Input, Output = streams.OutputEnd, Error = streams.ErrorEnd,
            Console = streams.ConsoleEnd, Furnished = furnished,
            Filter = plan.Filter is { } filter ? Descriptors.Open(filter, LibC.O_RDONLY) : StageArguments.None,
            CgroupPath = plan.Init && plan.Users is null ? plan.CgroupPath : null,
        };
        int pid = Begin(plan, cgroup, arguments);
        Descriptors.Close(reportEnd);
        Descriptors.Close(furnished);
        if (arguments.Filter != StageArguments.None) Descriptors.Close(arguments.Filter);
        streams.ClosePassed();
        Exception? refusal = Furnish(plan, cgroup);
        if (refusal is null) Say(furnishedEnd);
        Descriptors.Close(furnishedEnd);
        failure = StageProcess.ReadReport(report);
        if (refusal is not null) failure = new StartFailure(StartFailure.RuntimeFailed, refusal.Message);
        if (failure is null) streams.ReceiveTerminal();
        else _ = ChildStatus.Wait(pid);
        return pid;
    }

    private static int Begin(MonitorPlan plan, ContainerCgroup? cgroup, StageArguments arguments)
    {
        if (plan.Users is not { } users)
        {
            cgroup?.CreateBirthplace();
            return Start(plan, cgroup, arguments, entry: null);
        }

        // It joins those of version 1 before it is there.
        cgroup?.Create();
        return MappedStage.Start(users, cgroup, arguments, (given, entry) => Start(plan, cgroup, given, entry));
    }

    private static Exception? Furnish(MonitorPlan plan, ContainerCgroup? cgroup)
    {
        try
        {
            cgroup?.Create();
            if (cgroup is not null) plan.Limits?.ApplyTo(cgroup);
            if (plan.Devices is { } devices) cgroup?.LimitDevices(devices);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static void Say(int furnishedEnd)
    {
        try
        {
            Descriptors.WriteAll(furnishedEnd, "."u8);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EPIPE)
        {
            // It has failed before, and its report says why.
        }
    }

    private static int Start(
        MonitorPlan plan, ContainerCgroup? cgroup, StageArguments arguments, UserNamespaceEntry? entry)
    {
        using var shared = SharedNamespaces.Enter(plan.Shared);
        // The reaper must be born with all signals blocked: .NET has threads before it could block them itself.
        if (plan.Init) SignalMask.BlockAll();
        int pid = StageProcess.Start(arguments, plan.Namespaces, cgroup, entry);
        if (plan.Init) SignalMask.BlockNone();
        return pid;
    }
}
