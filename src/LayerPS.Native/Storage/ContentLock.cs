namespace LayerPS.Storage;

/// <summary>
/// The lock between those who are about to refer to stored layers and blobs and those who delete what nothing refers
/// to. It is taken before the lock of the references.
/// </summary>
internal static class ContentLock
{
    /// <summary>Nothing is deleted while it is held: for whoever finds content and will refer to it.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    internal static FileLock Share(StoreLayout layout, CancellationToken cancellationToken) =>
        FileLock.Acquire(layout.ContentLock, exclusive: false, cancellationToken);

    /// <summary>Nobody is about to refer to anything while it is held: for whoever deletes.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    internal static FileLock Exclude(StoreLayout layout, CancellationToken cancellationToken) =>
        FileLock.Acquire(layout.ContentLock, exclusive: true, cancellationToken);
}
