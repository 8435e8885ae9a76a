using LayerPS.Archives;
using LayerPS.Storage;
using LayerPS.Union;

namespace LayerPS.Containers;

/// <summary>Writes what a container sees as one tar.</summary>
internal sealed class ContainerExport(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound, StoreCorrupt, OutputPathInvalid, HostAccessDenied.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing was changed.</exception>
    internal void Write(
        Container container, string path, IProgress<long>? progress, Action<string>? warning, CancellationToken cancellationToken)
    {
        container = new ContainerReader(layout).Read(container);
        using UnionMount union = UnionMount.Create(
            [container.UpperPath, .. new LayerStore(layout).PathsFrom(container.Parent)], null, null, UnionMountOptions.Default);
        DirectoryTarOptions options = new() { Warning = warning, Progress = progress };
        OutputPath.WriteFile(path, archive => DirectoryTar.Write(union.Path, archive, options, cancellationToken));
    }
}
