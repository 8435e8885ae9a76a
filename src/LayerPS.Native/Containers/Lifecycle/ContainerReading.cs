using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Keeps a container that removes itself from going before its log and its end have been read.</summary>
internal static class ContainerReading
{
    /// <exception cref="EngineException">ContainerNotFound: it was removed.</exception>
    internal static FileLock Begin(Container container) => Share(container, ContainerFiles.ReadersLock);

    /// <summary>Keeps parts of the log from being put away before they have been read.</summary>
    /// <exception cref="EngineException">ContainerNotFound: it was removed.</exception>
    internal static FileLock KeepLog(Container container) => Share(container, ContainerFiles.OutputLock);

    private static FileLock Share(Container container, string name)
    {
        try
        {
            return FileLock.Acquire(Path.Combine(container.Directory, name), exclusive: false, CancellationToken.None);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
        {
            throw new EngineException(
                EngineErrors.ContainerNotFound, $"The container '{container.Name}' was removed.", container.Name);
        }
    }
}
