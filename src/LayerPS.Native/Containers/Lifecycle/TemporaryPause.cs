using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>
/// A pause that lasts as long as a piece of work, inside a <see cref="ContainerTransition"/>. When the session that works is
/// killed, a file without anybody who has the transition's lock is left, and the next one who looks lets the container go on.
/// </summary>
internal sealed class TemporaryPause : IDisposable
{
    private readonly Container _container;

    private TemporaryPause(Container container) => _container = container;

    /// <summary>Returns when all of its processes have halted; null for a container of which none goes on anyway.</summary>
    /// <exception cref="EngineException">ContainerNotRunning: it has ended meanwhile. HostNotSupported.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first; the container goes on.</exception>
    internal static TemporaryPause? Begin(ContainerTransition transition, CancellationToken cancellationToken)
    {
        Container container = transition.Container;
        if (container.State != ContainerState.Running) return null;
        TemporaryPause pause = new(container);
        try
        {
            File.WriteAllBytes(MarkIn(container.Directory), []);
            ContainerSuspension.Freeze(container, cancellationToken);
            return pause;
        }
        catch
        {
            pause.Dispose();
            throw;
        }
    }

    /// <summary>Lets a container go on that a killed session has halted; the caller has the transition's lock.</summary>
    internal static void EndAbandoned(string directory, string cgroup)
    {
        string mark = MarkIn(directory);
        if (!File.Exists(mark)) return;
        ContainerSuspension.Thaw(cgroup);
        File.Delete(mark);
    }

    /// <inheritdoc cref="EndAbandoned"/>
    /// <returns>Whether it goes on by that; false where nobody has halted it for a while, and where somebody still does.</returns>
    internal static bool TryEndAbandoned(string directory, string cgroup)
    {
        if (!File.Exists(MarkIn(directory))) return false;
        using FileLock? transition = FileLock.TryAcquire(Path.Combine(directory, ContainerFiles.TransitionLock), exclusive: true);
        if (transition is null) return false;
        EndAbandoned(directory, cgroup);
        return true;
    }

    public void Dispose()
    {
        ContainerSuspension.Thaw(_container.CgroupPath);
        File.Delete(MarkIn(_container.Directory));
    }

    private static string MarkIn(string directory) => Path.Combine(directory, ContainerFiles.TemporaryPause);
}
