using LayerPS.Cgroups;
using LayerPS.Storage;
using LayerPS.Volumes;

namespace LayerPS.Containers;

/// <summary>Takes a container away: its writable layer, its log and its record; the image's layers stay.</summary>
internal sealed class ContainerRemoval(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound, ContainerRunning.</exception>
    internal void Remove(Container container, bool force, bool volumes, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (force)
            {
                container = new ContainerStop(layout).Stop(container, timeout: null, force: true, cancellationToken);
                // One that removes itself has done so by now.
                if (container.Config.AutoRemove && !Directory.Exists(container.Directory)) return;
            }

            try
            {
                RemoveStopped(container, volumes, cancellationToken);
                return;
            }
            catch (EngineException e) when (force && e.Definition == EngineErrors.ContainerRunning)
            {
                // Another session has started it in between.
            }
        }
    }

    private void RemoveStopped(Container container, bool volumes, CancellationToken cancellationToken)
    {
        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        transition.Require(ContainerAction.Remove, cancellationToken);
        Discard(transition.Container.Id, transition.Container.Name);
        // It removes the cgroup, which is gone as well when this returns.
        ContainerStop.AwaitMonitor(transition.Container.Run, CancellationToken.None);
        // One that was killed in the middle of a start has removed nothing.
        new ContainerCgroup(CgroupHierarchy.OnThisHost(), container.CgroupPath).Remove();
        if (volumes) new VolumeStore(layout).RemoveAnonymous(container.Mounts);
    }

    /// <summary>
    /// Out of sight by one rename; whoever is killed later leaves only a directory in staging, and a link to nothing that
    /// the next one who wants the name replaces.
    /// </summary>
    internal void Discard(string id, string name)
    {
        StagingArea.Discard(layout, layout.Container(id));
        ContainerNames names = new(layout);
        using (names.Lock(CancellationToken.None)) names.Unlink(name, id);
        EventLog.Append(layout, new ContainerEvent
        {
            Time = DateTimeOffset.UtcNow, Kind = ContainerEventKind.Destroy, Container = name, Id = id,
        });
    }
}
