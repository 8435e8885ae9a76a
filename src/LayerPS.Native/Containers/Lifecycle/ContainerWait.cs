using System.Globalization;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Waits for the end of a container's run, or for its removal.</summary>
internal sealed class ContainerWait(StoreLayout layout)
{
    // The longest that a CancellationTokenSource takes: 49 days.
    private const double MaximumTimeout = (uint.MaxValue - 1) / 1000.0;

    /// <param name="container">The container.</param>
    /// <param name="condition">What for.</param>
    /// <param name="timeout">Seconds; null for ever.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>How its run ended, or its latest one did; at once where the condition is met.</returns>
    /// <exception cref="EngineException">ContainerNotFound, ContainerWaitTimeout.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal ContainerExit Wait(
        Container container, ContainerWaitCondition condition, double? timeout, CancellationToken cancellationToken)
    {
        if (timeout is not { } seconds) return Wait(container, condition, cancellationToken);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(TimeSpan.FromSeconds(Math.Min(seconds, MaximumTimeout)));
        try
        {
            return Wait(container, condition, limited.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineException(
                EngineErrors.ContainerWaitTimeout,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The container '{container.Name}' {Describe(condition)} after {seconds} seconds."),
                container.Name);
        }
    }

    private ContainerExit Wait(
        Container container, ContainerWaitCondition condition, CancellationToken cancellationToken) => condition switch
        {
            ContainerWaitCondition.NotRunning => AwaitEnd(container, cancellationToken),
            ContainerWaitCondition.NextExit => AwaitNextExit(container, cancellationToken),
            ContainerWaitCondition.Removed => AwaitRemoval(container, cancellationToken),
            ContainerWaitCondition.Healthy => AwaitHealth(container, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };

    private ContainerExit AwaitEnd(Container container, CancellationToken cancellationToken)
    {
        using ContainerWatch watch = new(layout, container);
        using FileLock reading = ContainerReading.Begin(container);
        while (true)
        {
            Container now = watch.Next(cancellationToken);
            if (HasEnded(now)) return now.ToExit();
        }
    }

    private ContainerExit AwaitNextExit(Container container, CancellationToken cancellationToken)
    {
        using ContainerWatch watch = new(layout, container);
        Container first = watch.Next(cancellationToken);
        using FileLock reading = ContainerReading.Begin(container);
        Container now = first;
        while (now.Finished is null || now.Finished == first.Finished)
        {
            now = watch.Next(cancellationToken);
            // It may run again before anybody looks.
            if (now.Pid is not null && first.Pid is not null && now.Started != first.Started) return LatestEnd(now, now.Started);
        }

        return now.ToExit();
    }

    private ContainerExit AwaitRemoval(Container container, CancellationToken cancellationToken)
    {
        Container now = container;
        try
        {
            using ContainerWatch watch = new(layout, container);
            // One that removes itself does not go before its end has been seen.
            using (ContainerReading.Begin(container))
            {
                do now = watch.Next(cancellationToken);
                while (!HasEnded(now));
            }

            while (true) now = watch.Next(cancellationToken);
        }
        catch (EngineException e) when (e.Definition == EngineErrors.ContainerNotFound)
        {
            return HasEnded(now) ? now.ToExit() : LatestEnd(now, DateTimeOffset.MaxValue);
        }
    }

    private ContainerExit AwaitHealth(Container container, CancellationToken cancellationToken)
    {
        using ContainerWatch watch = new(layout, container);
        while (true)
        {
            Container now = watch.Next(cancellationToken);
            if (now.Health == ContainerHealth.Healthy) return now.ToExit();
            if (now.Config.HealthCheck is null)
            {
                throw new EngineException(
                    EngineErrors.ContainerOptionInvalid, $"The container '{now.Name}' has no health command.", now.Name,
                    "Make it with -HealthCommand.");
            }

            if (HasEnded(now))
            {
                throw new EngineException(
                    EngineErrors.ContainerNotRunning, $"The container '{now.Name}' does not run.", now.Name);
            }
        }
    }

    // Of a run whose record has been replaced or removed.
    private ContainerExit LatestEnd(Container now, DateTimeOffset? before)
    {
        ContainerEventOptions options = new() { Containers = [now.Id] };
        ContainerEvent? end = new EventReader(layout).Read(options, CancellationToken.None)
            .LastOrDefault(happened => happened.Kind == ContainerEventKind.Die && happened.Time <= before);
        return now.ToExit() with
        {
            ExitCode = end?.ExitCode,
            ExitReason = end?.ExitCode is null ? ContainerExitReason.Lost : ContainerExitReason.Exited,
            Finished = end?.Time,
        };
    }

    private static bool HasEnded(Container container) => !ContainerStateRules.Allows(container.State, ContainerAction.Stop);

    private static string Describe(ContainerWaitCondition condition) => condition switch
    {
        ContainerWaitCondition.NextExit => "has not ended",
        ContainerWaitCondition.Removed => "has not been removed",
        ContainerWaitCondition.Healthy => "is not healthy",
        _ => "still runs",
    };
}
