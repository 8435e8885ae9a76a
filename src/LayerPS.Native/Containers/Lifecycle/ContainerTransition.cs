using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>The right to change a container's state: one session has it at a time, and sees the container as it is then.</summary>
internal sealed class ContainerTransition : IDisposable
{
    private readonly FileLock _lock;

    private ContainerTransition(FileLock held, Container container)
    {
        _lock = held;
        Container = container;
    }

    internal Container Container { get; }

    /// <exception cref="EngineException">ContainerNotFound: it was removed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock could be had.</exception>
    internal static ContainerTransition Begin(StoreLayout layout, Container container, CancellationToken cancellationToken)
    {
        FileLock held;
        try
        {
            held = FileLock.Acquire(
                Path.Combine(container.Directory, ContainerFiles.TransitionLock), exclusive: true, cancellationToken);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
        {
            throw new EngineException(
                EngineErrors.ContainerNotFound, $"The container '{container.Name}' was removed.", container.Name);
        }

        try
        {
            TemporaryPause.EndAbandoned(container.Directory, container.Id);
            ContainerReader reader = new(layout);
            Container now = reader.Read(container);
            // No monitor will start it again, and while the lock is held no other session does.
            if (now.State == ContainerState.Restarting && !reader.IsWatched(now.Id))
                now = now.With(now.Run with { State = ContainerState.Exited });
            return new ContainerTransition(held, now);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the monitor of a run that has ended is gone: it may still be clearing up.</summary>
    internal static void AwaitMonitor(Container container, CancellationToken cancellationToken) =>
        FileLock.Acquire(Path.Combine(container.Directory, ContainerFiles.RunLock), exclusive: true, cancellationToken)
            .Dispose();

    public void Dispose() => _lock.Dispose();
}
