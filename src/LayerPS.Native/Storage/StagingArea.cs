namespace LayerPS.Storage;

/// <summary>
/// The store's place for work in progress. A piece of work is a directory with a lock beside it; the lock goes with
/// the process that works, so what is left behind can be told from what is being made.
/// </summary>
internal static class StagingArea
{
    private const string LockSuffix = ".lock";

    internal static StagedDirectory Create(StoreLayout layout) => Create(layout.Staging);

    /// <summary>The same in another place than the store's.</summary>
    internal static StagedDirectory Create(string folder)
    {
        while (true)
        {
            string path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            FileLock? held = FileLock.TryAcquire(path + LockSuffix, exclusive: true);

            // A sweep may have seen the lock file before it was locked, and have removed it.
            if (held is null || !File.Exists(path + LockSuffix))
            {
                held?.Dispose();
                continue;
            }

            Directory.CreateDirectory(path);
            return new StagedDirectory(path, held);
        }
    }

    /// <summary>Takes a directory out of sight by one rename, and then removes it.</summary>
    internal static void Discard(StoreLayout layout, string directory)
    {
        using StagedDirectory discarded = Create(layout);
        Directory.Move(directory, Path.Combine(discarded.Path, Path.GetFileName(directory)));
    }

    /// <summary>Removes what processes left that are gone.</summary>
    internal static void Sweep(StoreLayout layout) => Sweep(layout.Staging);

    /// <inheritdoc cref="Sweep(StoreLayout)"/>
    internal static void Sweep(string folder)
    {
        foreach (string path in Directory.GetFileSystemEntries(folder))
        {
            string work = path.EndsWith(LockSuffix, StringComparison.Ordinal) ? path[..^LockSuffix.Length] : path;
            if (FileLock.TryAcquire(work + LockSuffix, exclusive: true) is not { } held) continue;

            // The lock file goes last: while it is there, the next sweep finds the rest.
            if (Directory.Exists(work)) TreeRemover.Remove(work);
            Finish(work, held);
        }
    }

    internal static void Finish(string path, FileLock held)
    {
        File.Delete(path + LockSuffix);
        held.Dispose();
    }
}
