using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Keeps a container that removes itself from going before its log and its end have been read.</summary>
internal static class ContainerReading
{
    internal static FileLock Begin(Container container) => FileLock.Acquire(
        Path.Combine(container.Directory, ContainerFiles.ReadersLock), exclusive: false, CancellationToken.None);

    /// <summary>Keeps parts of the log from being put away before they have been read.</summary>
    internal static FileLock KeepLog(Container container) => FileLock.Acquire(
        Path.Combine(container.Directory, ContainerFiles.OutputLock), exclusive: false, CancellationToken.None);
}
