using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>
/// Starts containers again whose restart policy wants it and whose monitor can not do it: it was killed, or the host
/// went down. Whoever looks at such a container next does this.
/// </summary>
internal static class ContainerRevival
{
    /// <summary>True when nobody watches the container, though its policy wants it to run.</summary>
    /// <param name="container">As it was read.</param>
    /// <param name="isWatched">Whether a monitor watches it.</param>
    internal static bool IsDue(Container container, Func<string, bool> isWatched) => container.State switch
    {
        ContainerState.Restarting => !isWatched(container.Id),
        ContainerState.Exited => container.Policy.Condition == RestartCondition.Always
            && StopRequest.IsOfEarlierBoot(container.Directory) && !isWatched(container.Id),
        _ => false,
    };

    /// <returns>The container, running; as it was, where another session changes it at this moment; ended with the
    /// reason in it, where it cannot be started.</returns>
    internal static Container Revive(StoreLayout layout, Container container)
    {
        using FileLock? transition = FileLock.TryAcquire(
            Path.Combine(container.Directory, ContainerFiles.TransitionLock), exclusive: true);
        if (transition is null) return container;

        // The reader does not come here once more: the lock is taken.
        ContainerReader reader = new(layout);
        if (reader.TryRead(container.Id) is not { } now || !IsDue(now, reader.IsWatched)) return container;
        try
        {
            return new ContainerStart(layout).StartLocked(now);
        }
        catch (EngineException e)
        {
            ContainerRun ended = now.Run with { State = ContainerState.Exited, Error = e.Message };
            StopRequest.Write(container.Directory);
            AtomicFile.Write(Path.Combine(container.Directory, ContainerFiles.Run), ended.ToJson(), durable: false);
            return now.With(ended);
        }
    }
}
