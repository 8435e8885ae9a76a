using LayerPS.Linux;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Containers;

/// <summary>Follows a container: sleeps until something happens to it or is written by it.</summary>
internal sealed class ContainerWatch : IDisposable
{
    private readonly ContainerReader _reader;
    private readonly Container _container;
    private readonly DirectoryWatch _directory;
    private ProcessHandle? _monitor;
    private bool _looked;

    /// <exception cref="EngineException">ContainerNotFound.</exception>
    internal ContainerWatch(StoreLayout layout, Container container)
    {
        _reader = new ContainerReader(layout);
        _container = container;
        try
        {
            _directory = new DirectoryWatch(container.Directory);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
        {
            throw new EngineException(
                EngineErrors.ContainerNotFound, $"The container '{container.Name}' was removed.", container.Name);
        }
    }

    /// <summary>The container as it is: at once when first asked, and from then on when something has happened.</summary>
    /// <exception cref="EngineException">ContainerNotFound: it was removed meanwhile.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal Container Next(CancellationToken cancellationToken)
    {
        if (_looked) Sleep(cancellationToken);
        _looked = true;
        _directory.Clear();
        Container now = _reader.Read(_container);
        // Its monitor may be killed and then records nothing; only its own end tells.
        if (_monitor is null || _monitor.WaitForExit(TimeSpan.Zero, CancellationToken.None))
        {
            _monitor?.Dispose();
            _monitor = ProcessHandle.TryOpen(now.Run.MonitorPid, now.Run.MonitorStartTime);
        }

        return now;
    }

    public void Dispose()
    {
        _monitor?.Dispose();
        // The kernel closes it only when no processor can look at the watch any more, 5 to 15 ms later
        // (fsnotify_destroy_group waits for SRCU); whoever waited for the container need not wait for that as well.
        ThreadPool.UnsafeQueueUserWorkItem(static directory => directory.Dispose(), _directory, preferLocal: false);
    }

    private void Sleep(CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> descriptors =
            _monitor is null ? [_directory.Descriptor] : [_directory.Descriptor, _monitor.Descriptor];
        DescriptorPoll.Wait(descriptors, Timeout.InfiniteTimeSpan, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
