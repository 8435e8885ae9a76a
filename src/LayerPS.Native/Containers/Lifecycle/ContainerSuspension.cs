using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>
/// Halts a container's processes and lets them go on. Nothing is written down: whether a container is paused is what the
/// kernel says, so that no session, alive or killed, can be wrong about it.
/// </summary>
internal sealed class ContainerSuspension(StoreLayout layout)
{
    /// <summary>Returns when all processes have halted. One that is paused is left as it is.</summary>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning, HostNotSupported.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first; the container goes on.</exception>
    internal Container Suspend(Container container, CancellationToken cancellationToken)
    {
        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        ContainerStateRules.Require(transition.Container, ContainerAction.Suspend);
        if (transition.Container.State != ContainerState.Paused)
        {
            Freeze(transition.Container, cancellationToken);
            EventLog.Append(layout, transition.Container, ContainerEventKind.Pause);
        }

        return new ContainerReader(layout).Read(transition.Container);
    }

    /// <summary>Lets the processes go on. One that is not paused is left as it is.</summary>
    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning.</exception>
    internal Container Resume(Container container, CancellationToken cancellationToken)
    {
        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        ContainerStateRules.Require(transition.Container, ContainerAction.Suspend);
        Thaw(container.CgroupPath);
        if (transition.Container.State == ContainerState.Paused)
            EventLog.Append(layout, transition.Container, ContainerEventKind.Unpause);
        return new ContainerReader(layout).Read(transition.Container);
    }

    /// <exception cref="EngineException">ContainerNotRunning: it has ended meanwhile. HostNotSupported.</exception>
    internal static void Freeze(Container container, CancellationToken cancellationToken)
    {
        Freezer freezer = Freezer.Of(container.CgroupPath) ?? throw new EngineException(
            EngineErrors.HostNotSupported, "This host has no cgroup hierarchy that can freeze processes.", container.Name);
        try
        {
            freezer.Freeze(cancellationToken);
        }
        catch (LinuxException failure) when (Freezer.IsGone(failure))
        {
            throw new EngineException(
                EngineErrors.ContainerNotRunning, $"The container '{container.Name}' has ended.", container.Name, inner: failure);
        }
    }

    internal static void Thaw(string cgroup) => Freezer.Of(cgroup)?.Thaw();
}
