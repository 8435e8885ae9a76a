using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Ends a container's run, if there is one, and starts it again.</summary>
internal sealed class ContainerRestart(StoreLayout layout)
{
    /// <returns>The container, running; or created with the reason in it when its process could not be started.</returns>
    /// <exception cref="EngineException">
    /// ContainerNotFound, HostNotSupported, StoreCorrupt; ContainerOptionInvalid: it removes itself when it ends.
    /// ContainerRunning: another session was faster.
    /// </exception>
    internal Container Restart(Container container, double? timeout, CancellationToken cancellationToken)
    {
        if (container.Config.AutoRemove)
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid,
                $"The container '{container.Name}' removes itself when it ends; it cannot be restarted.", container.Name,
                "Make a twin of it with New-Container, and start that.");
        }

        container = new ContainerStop(layout).Stop(container, timeout, force: false, cancellationToken);
        Container started = new ContainerStart(layout).Start(container, cancellationToken);
        if (started.Pid is not null) EventLog.Append(layout, started, ContainerEventKind.Restart);
        return started;
    }
}
