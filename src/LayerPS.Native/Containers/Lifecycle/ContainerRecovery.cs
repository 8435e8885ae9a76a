using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>
/// Brings a container whose monitor was killed, or that ran when the host went down, back to the truth: nobody reads
/// its output and nobody will see its end, so what is left of it is ended and recorded as lost.
/// </summary>
internal static class ContainerRecovery
{
    /// <param name="layout">The store.</param>
    /// <param name="record">A container whose record says that it runs, though no monitor watches it.</param>
    /// <param name="readRun">Reads its latest run once more.</param>
    internal static ContainerRun Recover(StoreLayout layout, ContainerRecord record, Func<string, ContainerRun> readRun)
    {
        string id = record.Id;
        string directory = layout.Container(id);
        using FileLock? held = FileLock.TryAcquire(Path.Combine(directory, ContainerFiles.RunLock), exclusive: true);
        ContainerRun run = readRun(id);

        // The monitor recorded the end between the two looks, or another session recovers it at this moment.
        if (run.State is not (ContainerState.Running or ContainerState.Restarting) || held is null) return run;
        bool comesBack = !StopRequest.Exists(directory) && (run.State == ContainerState.Restarting
            || ContainerConfigMerge.PolicyOf(record.Config).Allows(exitCode: null, run.RestartCount));
        if (run.State == ContainerState.Restarting && comesBack) return run;

        using (ProcessHandle? init = ProcessHandle.TryOpen(run.Pid, run.PidStartTime))
        {
            // The first process takes all others of its pid namespace with it, see pid_namespaces(7).
            if (init is not null && init.Signal(LibC.SIGKILL))
            {
                ContainerSuspension.Thaw(record.CgroupPath);
                init.WaitForExit(Timeout.InfiniteTimeSpan, CancellationToken.None);
            }
        }

        new ContainerCgroup(CgroupHierarchy.OnThisHost(), record.CgroupPath).Remove();
        ContainerRun lost = run with
        {
            State = comesBack ? ContainerState.Restarting : ContainerState.Exited,
            Finished = DateTimeOffset.UtcNow,
            ExitReason = ContainerExitReason.Lost,
            RestartCount = comesBack ? run.RestartCount + 1 : run.RestartCount,
        };
        // Where it cannot be written down, the next one that looks finds out the same.
        _ = AtomicFile.TryReplace(Path.Combine(directory, ContainerFiles.Run), lost.ToJson());
        if (run.State == ContainerState.Running)
            EventLog.Append(layout, new Container(layout, record, lost), ContainerEventKind.Die);
        return lost;
    }
}
