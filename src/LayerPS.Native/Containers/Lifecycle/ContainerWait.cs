using System.Globalization;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Waits for the end of a container's run.</summary>
internal sealed class ContainerWait(StoreLayout layout)
{
    // The longest that a CancellationTokenSource takes: 49 days.
    private const double MaximumTimeout = (uint.MaxValue - 1) / 1000.0;

    /// <param name="container">The container.</param>
    /// <param name="timeout">Seconds; null for ever.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How it ended, at once where it does not run.</returns>
    /// <exception cref="EngineException">ContainerNotFound, ContainerWaitTimeout.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal ContainerExit Wait(Container container, double? timeout, CancellationToken cancellationToken)
    {
        if (timeout is not { } seconds) return Wait(container, cancellationToken);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(TimeSpan.FromSeconds(Math.Min(seconds, MaximumTimeout)));
        try
        {
            return Wait(container, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrors.ContainerWaitTimeout,
                string.Create(CultureInfo.InvariantCulture, $"The container '{container.Name}' still runs after {seconds} seconds."),
                container.Name);
        }
    }

    private ContainerExit Wait(Container container, CancellationToken cancellationToken)
    {
        using ContainerWatch watch = new(layout, container);
        using FileLock reading = ContainerReading.Begin(container);
        while (true)
        {
            Container now = watch.Next(cancellationToken);
            if (!ContainerStateRules.Allows(now.State, ContainerAction.Stop)) return now.ToExit();
        }
    }
}
