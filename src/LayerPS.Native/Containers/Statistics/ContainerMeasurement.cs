using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Measures what containers use, over an interval, once or again and again.</summary>
internal sealed class ContainerMeasurement(StoreLayout layout)
{
    private const double MaximumInterval = 24 * 60 * 60;

    private readonly ContainerReader _reader = new(layout);

    /// <param name="wanted">The containers; null for all that run, also those that begin to later.</param>
    /// <param name="interval">In seconds.</param>
    /// <param name="continuous">Goes on until none of the containers runs any more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="EngineException">ContainerOptionInvalid.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal IEnumerable<ContainerStatistics> Run(
        IReadOnlyList<Container>? wanted, double interval, bool continuous, CancellationToken cancellationToken)
    {
        if (interval is not (> 0 and <= MaximumInterval))
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid, $"An interval of {interval} seconds is none: give more than 0, and a day at most.");
        }

        return Measure(wanted, TimeSpan.FromSeconds(interval), continuous, cancellationToken);
    }

    private IEnumerable<ContainerStatistics> Measure(
        IReadOnlyList<Container>? wanted, TimeSpan interval, bool continuous, CancellationToken cancellationToken)
    {
        Dictionary<string, StatisticsSample> before = Take(Look(wanted));
        do
        {
            if (!continuous && before.Count == 0) yield break;
            if (cancellationToken.WaitHandle.WaitOne(interval)) cancellationToken.ThrowIfCancellationRequested();
            Container[] alive = Look(wanted);
            Dictionary<string, StatisticsSample> now = Take(alive);
            foreach (StatisticsSample sample in now.Values)
            {
                if (before.TryGetValue(sample.Container.Id, out StatisticsSample? earlier)) yield return sample.Since(earlier);
            }

            if (wanted is not null && alive.Length == 0) yield break;
            before = now;
        }
        while (continuous);
    }

    // Those that have not ended. One that cannot be read does not keep the others from being measured.
    private Container[] Look(IReadOnlyList<Container>? wanted) =>
    [
        .. (wanted?.Select(static container => container.Id) ?? _reader.Ids()).Select(TryRead).OfType<Container>()
            .Where(static container => ContainerStateRules.Allows(container.State, ContainerAction.Stop))
            .OrderBy(static container => container.Name, StringComparer.Ordinal),
    ];

    private Container? TryRead(string id)
    {
        try
        {
            return _reader.TryRead(id);
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private static Dictionary<string, StatisticsSample> Take(IEnumerable<Container> containers) =>
        containers.Where(static container => ContainerStateRules.Allows(container.State, ContainerAction.Signal))
            .Select(StatisticsSample.TryTake).OfType<StatisticsSample>().ToDictionary(static sample => sample.Container.Id);
}
