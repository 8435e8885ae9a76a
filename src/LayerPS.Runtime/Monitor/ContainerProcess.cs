using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Runtime.Init;
using Tmds.Linux;

namespace LayerPS.Runtime.Monitor;

/// <summary>One run of the container's process, from its cgroup to its end.</summary>
internal sealed class ContainerProcess
{
    private readonly ContainerCgroup? _cgroup;
    private readonly ContainerStreams _streams;
    private readonly bool _ownsProcesses;

    private ContainerProcess(ContainerCgroup? cgroup, ContainerStreams streams, int pid, bool ownsProcesses)
    {
        _ownsProcesses = ownsProcesses;
        _cgroup = cgroup;
        _streams = streams;
        Pid = pid;
    }

    /// <summary>Its number on the host.</summary>
    internal int Pid { get; }

    /// <returns>Null when it could not be started; nothing is left of it then.</returns>
    internal static ContainerProcess? Start(MonitorPlan plan, out StartFailure? failure)
    {
        ContainerCgroup? cgroup = plan.CgroupPath is { } path ? new(CgroupHierarchy.OnThisHost(), path) : null;
        ContainerStreams streams = ContainerStreams.Open(plan);
        int pid = 0;
        try
        {
            pid = InitStage.Start(plan, cgroup, streams, out failure);
        }
        catch (Exception e)
        {
            failure = new StartFailure(StartFailure.RuntimeFailed, e.Message);
        }

        if (failure is null) return new ContainerProcess(cgroup, streams, pid, (plan.Namespaces & LibC.CLONE_NEWPID) != 0);
        streams.Close();
        cgroup?.Remove();
        return null;
    }

    /// <summary>Carries what it writes into the log until it ends.</summary>
    /// <returns>How it ended, see waitpid(2).</returns>
    internal int AwaitEnd(PollLoop loop, LogPump pump, Attachments? attachments)
    {
        attachments?.Begin(_streams);
        pump.Add(_streams.Output, LogStream.StandardOutput);
        if (_streams.Error >= 0) pump.Add(_streams.Error, LogStream.StandardError);
        int process = ProcessHandle.OpenDescriptor(Pid);
        bool ended = false;
        loop.Watch(process, () => ended = true, LibC.POLLIN);
        while (!ended) loop.RunOnce();
        loop.Forget(process);
        Descriptors.Close(process);
        // With a namespace of processes of its own the kernel has ended them all.
        if (!_ownsProcesses) _cgroup?.Kill();
        pump.Finish();
        attachments?.End();
        _streams.Close();
        return ChildStatus.Wait(Pid);
    }

    /// <summary>Ends it. It has not been waited for, so its number is still its own.</summary>
    internal void Kill() => _ = LibC.kill(Pid, LibC.SIGKILL);

    /// <summary>Whether the kernel has killed one of its processes as there was no memory left for them.</summary>
    internal bool RanOutOfMemory() => _cgroup?.OutOfMemoryKills() > 0;

    internal void RemoveCgroup() => _cgroup?.Remove();
}
