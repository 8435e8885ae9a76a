using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Takes a container away whose record cannot be read: of such a one only the id is known.</summary>
internal sealed class DamagedContainerRemoval(StoreLayout layout)
{
    /// <returns>False when something still watches the container that cannot be ended without its record.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal bool Remove(string id, CancellationToken cancellationToken)
    {
        string directory = layout.Container(id);
        using FileLock transition = FileLock.Acquire(
            Path.Combine(directory, ContainerFiles.TransitionLock), exclusive: true, cancellationToken);
        string cgroup = ContainerCgroup.PathOf(parent: null, id);
        Kill(new ContainerReader(layout).ReadRun(id), cgroup, cancellationToken);
        using (FileLock? run = FileLock.TryAcquire(Path.Combine(directory, ContainerFiles.RunLock), exclusive: true))
        {
            if (run is null) return false;
        }

        ContainerNames names = new(layout);
        using (names.Lock(cancellationToken))
        {
            foreach (string name in names.All().ToArray()) names.Unlink(name, id);
        }

        StagingArea.Discard(layout, directory);
        new ContainerCgroup(CgroupHierarchy.OnThisHost(), cgroup).Remove();
        return true;
    }

    private static void Kill(ContainerRun run, string cgroup, CancellationToken cancellationToken)
    {
        if (run.State != ContainerState.Running) return;
        using (ProcessHandle? init = ProcessHandle.TryOpen(run.Pid, run.PidStartTime))
        {
            // What is halted does not even die.
            if (init is not null && init.Signal(LibC.SIGKILL)) ContainerSuspension.Thaw(cgroup);
        }

        ContainerStop.AwaitMonitor(run, cancellationToken);
    }
}
