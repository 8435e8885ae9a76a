using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Storage;

/// <summary>
/// A lock between processes, on an open file description (fcntl_locking(2), "Open file description locks"): it goes
/// with the process that has it, however that ends, and others can ask about it without taking it.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int PollMilliseconds = 5;
    private const uint OwnerOnly = 384; // rw-------

    private int _descriptor;

    private FileLock(int descriptor) => _descriptor = descriptor;

    /// <summary>Waits for the lock; the file is made where it is missing.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    internal static FileLock Acquire(string path, bool exclusive, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryAcquire(path, exclusive) is { } taken) return taken;
            // A call that blocks cannot be cancelled, so ask again and again; transitions take milliseconds.
            if (cancellationToken.WaitHandle.WaitOne(PollMilliseconds)) cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits for the lock as long as it takes, asleep; the file is made where it is missing.</summary>
    internal static FileLock AcquireBlocking(string path, bool exclusive)
    {
        int descriptor = Open(path);
        DescriptorLocks.Lock(descriptor, exclusive);
        return new FileLock(descriptor);
    }

    /// <summary>The lock, or null when another has it; the file is made where it is missing.</summary>
    internal static FileLock? TryAcquire(string path, bool exclusive)
    {
        int descriptor = Open(path);
        if (DescriptorLocks.TryLock(descriptor, exclusive)) return new FileLock(descriptor);
        Descriptors.Close(descriptor);
        return null;
    }

    /// <summary>True when a living process has the lock. A file that is missing is locked by nobody.</summary>
    internal static bool IsHeld(string path)
    {
        int descriptor;
        try
        {
            descriptor = Descriptors.Open(path, LibC.O_RDONLY | LibC.O_NOFOLLOW);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
        {
            return false;
        }

        try
        {
            return DescriptorLocks.IsLocked(descriptor);
        }
        finally
        {
            Descriptors.Close(descriptor);
        }
    }

    private static int Open(string path) =>
        Descriptors.Open(path, LibC.O_RDWR | LibC.O_CREAT | LibC.O_NOFOLLOW, OwnerOnly);

    public void Dispose()
    {
        if (_descriptor < 0) return;
        Descriptors.Close(_descriptor);
        _descriptor = -1;
    }
}
