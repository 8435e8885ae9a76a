using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Reads a container's log, and goes on as it grows.</summary>
internal sealed class LogReader(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound.</exception>
    internal IEnumerable<ContainerLogEntry> Read(
        Container container, ContainerLogOptions options, CancellationToken cancellationToken)
    {
        using LogFile file = new(container.LogPath);
        LogLineParser parser = new(container.Name, container.Config.Tty);
        if (!options.Follow)
        {
            foreach (ContainerLogEntry entry in Last(Wanted(All(file, parser), options), options.Tail))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return entry;
            }

            yield break;
        }

        using FileLock reading = ContainerReading.Begin(container);
        foreach (ContainerLogEntry entry in Last(Wanted(Available(file, parser), options), options.Tail)) yield return entry;
        using ContainerWatch watch = new(layout, container);
        bool more = true;
        while (more)
        {
            // Whether it runs is asked before the log is read, so that nothing is missed that it wrote last.
            more = watch.Next(cancellationToken).State
                is not (ContainerState.Created or ContainerState.Exited or ContainerState.Removing);
            foreach (ContainerLogEntry entry in Wanted(Available(file, parser), options)) yield return entry;
        }

        foreach (ContainerLogEntry entry in Wanted(parser.Finish(), options)) yield return entry;
    }

    private static IEnumerable<ContainerLogEntry> All(LogFile file, LogLineParser parser)
    {
        foreach (ContainerLogEntry entry in Available(file, parser)) yield return entry;
        foreach (ContainerLogEntry entry in parser.Finish()) yield return entry;
    }

    private static IEnumerable<ContainerLogEntry> Available(LogFile file, LogLineParser parser)
    {
        while (TryReadEntry(file, parser, out ContainerLogEntry? entry))
        {
            if (entry is not null) yield return entry;
        }
    }

    private static bool TryReadEntry(LogFile file, LogLineParser parser, out ContainerLogEntry? entry)
    {
        bool read = file.TryReadLine(out ReadOnlySpan<byte> line);
        entry = read ? parser.Parse(line) : null;
        return read;
    }

    private static IEnumerable<ContainerLogEntry> Wanted(IEnumerable<ContainerLogEntry> entries, ContainerLogOptions options) =>
        options.Since is { } since ? entries.Where(entry => entry.Time >= since) : entries;

    private static IEnumerable<ContainerLogEntry> Last(IEnumerable<ContainerLogEntry> entries, int? count)
    {
        if (count is not { } wanted) return entries;
        Queue<ContainerLogEntry> last = [];
        foreach (ContainerLogEntry entry in entries)
        {
            last.Enqueue(entry);
            if (last.Count > wanted) last.Dequeue();
        }

        return last;
    }
}
