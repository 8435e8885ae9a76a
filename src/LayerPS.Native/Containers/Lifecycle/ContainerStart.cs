using System.Text.Json;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Gives a container its process space.</summary>
internal sealed class ContainerStart(StoreLayout layout)
{
    /// <param name="container">Created or exited.</param>
    /// <param name="cancellationToken">Ends the waiting for other sessions.</param>
    /// <param name="attachment">How this session is attached from the beginning; null where it is not.</param>
    /// <returns>The container, running; or created with the reason in it when its process could not be started.</returns>
    /// <exception cref="EngineException">ContainerNotFound, ContainerRunning, HostNotSupported, StoreCorrupt.</exception>
    internal Container Start(
        Container container, CancellationToken cancellationToken, StartAttachment? attachment = null)
    {
        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        transition.Require(ContainerAction.Start, cancellationToken);
        container = transition.Container;
        return StartLocked(container.With(container.Run with { RestartCount = 0 }), attachment);
    }

    /// <summary>
    /// As <see cref="Start"/>, for a session that has the transition lock and has seen that the container may be started and
    /// that no monitor watches it.
    /// </summary>
    internal Container StartLocked(Container container, StartAttachment? attachment = null)
    {
        if (container.Policy.Condition != RestartCondition.No) StopRequest.Clear(container.Directory);
        RuntimeSpec spec = ContainerSpecification.Write(
            layout, container, new LayerStore(layout).PathsFrom(container.Parent), attachment?.Size);
        AtomicFile.Write(
            Path.Combine(container.Directory, ContainerFiles.Configuration),
            JsonSerializer.SerializeToUtf8Bytes(spec, RuntimeJson.Default.RuntimeSpec), durable: false);
        Container started = container.With(RuntimeProgram.StartMonitor(container.Directory, container.Id, attachment?.Socket));
        if (started.ExitReason == ContainerExitReason.StartFailed && container.Config.AutoRemove)
            new ContainerRemoval(layout).Discard(container.Id, container.Name);
        return started;
    }
}
