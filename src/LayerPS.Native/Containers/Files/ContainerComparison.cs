using LayerPS.Storage;
using LayerPS.Union;

namespace LayerPS.Containers;

/// <summary>Compares what a container sees with what its image shows.</summary>
internal sealed class ContainerComparison(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound, StoreCorrupt.</exception>
    internal IEnumerable<ContainerChange> Run(Container container, CancellationToken cancellationToken)
    {
        container = new ContainerReader(layout).Read(container);
        IReadOnlyList<string> below = [.. new LayerStore(layout).PathsFrom(container.Parent).Reverse()];
        foreach (ImageChange change in UnionComparison.Run(below, [.. below, container.UpperPath], cancellationToken))
        {
            // Everything that is made or deleted in the root changes its time.
            if (change.Path == "/" && change.Aspects == FileAspects.Modified) continue;
            yield return new ContainerChange
            {
                Kind = change.Kind, Path = change.Path, Size = change.Size, Container = container.Name,
            };
        }
    }
}
