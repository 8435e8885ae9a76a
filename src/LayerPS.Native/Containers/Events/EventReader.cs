using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Reads the store's events, and goes on as they come.</summary>
internal sealed class EventReader(StoreLayout layout)
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal IEnumerable<ContainerEvent> Read(ContainerEventOptions options, CancellationToken cancellationToken)
    {
        using LogFile file = new(layout.Events);
        if (!options.Follow)
        {
            foreach (ContainerEvent happened in Available(file, options)) yield return happened;
            yield break;
        }

        using DirectoryWatch watch = new(layout.Root);
        while (true)
        {
            watch.Clear();
            foreach (ContainerEvent happened in Available(file, options)) yield return happened;
            DescriptorPoll.Wait([watch.Descriptor], Timeout.InfiniteTimeSpan, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static IEnumerable<ContainerEvent> Available(LogFile file, ContainerEventOptions options)
    {
        while (TryRead(file, out ContainerEvent? happened))
        {
            if (happened is not null && IsWanted(happened, options)) yield return happened;
        }
    }

    private static bool TryRead(LogFile file, out ContainerEvent? happened)
    {
        happened = null;
        if (!file.TryReadLine(out ReadOnlySpan<byte> line)) return false;
        try
        {
            happened = EventLine.Parse(line);
        }
        catch (JsonException)
        {
            // Cut off by a full disk, or of a kind that only a later version knows.
        }

        return true;
    }

    private static bool IsWanted(ContainerEvent happened, ContainerEventOptions options) =>
        (options.Since is not { } since || happened.Time >= since)
        && (options.Containers.Count == 0 || options.Containers.Any(text => IsMeant(happened, text)));

    private static bool IsMeant(ContainerEvent happened, string text) =>
        (NamePattern.HasWildcards(text) ? NamePattern.Matches(text, happened.Container) : text == happened.Container)
        || (text.Length > 0 && happened.Id.StartsWith(text, StringComparison.Ordinal));
}
