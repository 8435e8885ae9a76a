using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Waits for the end of a container's run.</summary>
internal sealed class ContainerWait(StoreLayout layout)
{
    /// <returns>How it ended, at once where it does not run.</returns>
    /// <exception cref="EngineException">ContainerNotFound.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal ContainerExit Wait(Container container, CancellationToken cancellationToken)
    {
        using ContainerWatch watch = new(layout, container);
        using FileLock reading = ContainerReading.Begin(container);
        while (true)
        {
            Container now = watch.Next(cancellationToken);
            if (!ContainerStateRules.Allows(now.State, ContainerAction.Signal)) return now.ToExit();
        }
    }
}
