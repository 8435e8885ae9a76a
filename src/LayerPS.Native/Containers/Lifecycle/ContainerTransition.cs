using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>The right to change a container's state: one session has it at a time, and sees the container as it is then.</summary>
internal sealed class ContainerTransition : IDisposable
{
    private const int PollMilliseconds = 5;

    private readonly ContainerReader _reader;
    private readonly FileLock _lock;

    private ContainerTransition(ContainerReader reader, FileLock held, Container container)
    {
        _reader = reader;
        _lock = held;
        Container = container;
    }

    internal Container Container { get; private set; }

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
            TemporaryPause.EndAbandoned(container.Directory, container.CgroupPath);
            ContainerReader reader = new(layout);
            return new ContainerTransition(reader, held, Look(reader, container));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Sees to it that the state allows the action and that no monitor is left. That of a run that has ended may still be
    /// clearing up, which a removal need not wait for before it begins; and where a session was killed in the middle of a
    /// start, its monitor goes on with it.
    /// </summary>
    /// <exception cref="EngineException">ContainerRunning, ContainerNotRunning; ContainerNotFound: it removed itself.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal void Require(ContainerAction action, CancellationToken cancellationToken)
    {
        while (true)
        {
            bool watched = _reader.IsWatched(Container.Id);
            Container = Look(_reader, Container);
            ContainerStateRules.Require(Container, action);
            if (!watched) return;
            using ProcessHandle? monitor = ProcessHandle.TryOpen(Container.Run.MonitorPid, Container.Run.MonitorStartTime);
            if (monitor is not null && action == ContainerAction.Remove && IsClearingUp) return;
            // One that is about to start the container has not yet written who it is; one that has just ended is nobody.
            if (monitor is null && _reader.IsWatched(Container.Id)) cancellationToken.WaitHandle.WaitOne(PollMilliseconds);
            else _ = monitor?.WaitForExit(TimeSpan.FromSeconds(1), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // It has recorded the end and needs nothing of the container's files any more.
    private bool IsClearingUp => Container.State == ContainerState.Exited && !Container.Config.AutoRemove;

    public void Dispose() => _lock.Dispose();

    private static Container Look(ContainerReader reader, Container container)
    {
        Container now = reader.Read(container);
        // No monitor will start it again, and while the lock is held no other session does.
        return now.State == ContainerState.Restarting && !reader.IsWatched(now.Id)
            ? now.With(now.Run with { State = ContainerState.Exited })
            : now;
    }
}
