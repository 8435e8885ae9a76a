using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Takes a container away: its writable layer, its log and its record; the image's layers stay.</summary>
internal sealed class ContainerRemoval(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound, ContainerRunning.</exception>
    internal void Remove(Container container, bool force, CancellationToken cancellationToken)
    {
        if (force)
        {
            container = new ContainerStop(layout).Stop(container, timeout: null, force: true, cancellationToken);
            // One that removes itself has done so by now.
            if (container.Config.AutoRemove && !Directory.Exists(container.Directory)) return;
        }

        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        container = transition.Container;
        ContainerStateRules.Require(container, ContainerAction.Remove);
        ContainerTransition.AwaitMonitor(container, cancellationToken);
        Discard(container.Id, container.Name);
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
    }
}
