using System.Text;

namespace LayerPS.Storage;

/// <summary>
/// <c>cache-mounts/</c>: a directory for each cache that RUN --mount=type=cache names, by the digest of its id, with a lock
/// beside it that is held while a step has it.
/// </summary>
internal sealed class CacheMountStore(StoreLayout layout)
{
    private const string LockSuffix = ".lock";
    private const int PollMilliseconds = 20;

    /// <summary>Waits for a cache and makes it where it is not there.</summary>
    /// <param name="id">What the Dockerfile calls it.</param>
    /// <param name="sharing">What to do where another step has it.</param>
    /// <param name="fill">Fills a new one, whose directory it is given.</param>
    /// <param name="stop">Ends the waiting.</param>
    internal CacheMountLease Take(string id, CacheMountSharing sharing, Action<string> fill, CancellationToken stop)
    {
        Directory.CreateDirectory(layout.CacheMounts);
        string name = ContentDigest.HexOf(Encoding.UTF8.GetBytes(id));
        while (true)
        {
            // Nothing of it is removed while this is held; it is not held while another step is waited for.
            using (FileLock kept = ContentLock.Share(layout, stop))
            {
                for (int number = 0; ; number++)
                {
                    string one = number == 0 ? name : $"{name}-{number}";
                    if (TryTake(one, id, sharing, fill) is { } taken) return taken;
                    if (sharing != CacheMountSharing.Private) break;
                }
            }

            if (stop.WaitHandle.WaitOne(PollMilliseconds)) stop.ThrowIfCancellationRequested();
        }
    }

    /// <summary>All there are, sorted by id.</summary>
    internal IReadOnlyList<CacheMount> All()
    {
        if (!Directory.Exists(layout.CacheMounts)) return [];
        return
        [
            .. Directory.EnumerateDirectories(layout.CacheMounts)
                .Select(static path => new CacheMount(Path.GetFileName(path), IdOf(path), path))
                .OrderBy(static cache => cache.Id, StringComparer.Ordinal)
                .ThenBy(static cache => cache.Name, StringComparer.Ordinal),
        ];
    }

    internal bool IsInUse(CacheMount cache) => FileLock.IsHeld(LockOf(cache.Name));

    /// <summary>Takes away one that is not in use; the caller holds <see cref="ContentLock.Exclude"/>.</summary>
    internal void Remove(string path, StagedDirectory trash)
    {
        string name = Path.GetFileName(path), file = LockOf(name);
        using FileLock? held = FileLock.TryAcquire(file, exclusive: true);
        if (held is null || !Directory.Exists(path)) return;
        Directory.Move(path, Path.Combine(trash.Path, name));
        File.Delete(file);
    }

    private CacheMountLease? TryTake(string name, string id, CacheMountSharing sharing, Action<string> fill)
    {
        FileLock? held = FileLock.TryAcquire(LockOf(name), exclusive: sharing != CacheMountSharing.Shared);
        if (held is null) return null;
        try
        {
            string path = Path.Combine(layout.CacheMounts, name);
            if (!Directory.Exists(path)) Make(path, id, fill);
            return new CacheMountLease(CacheMount.FilesIn(path), held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private void Make(string path, string id, Action<string> fill)
    {
        using StagedDirectory staged = StagingArea.Create(layout);
        File.WriteAllText(CacheMount.IdIn(staged.Path), id);
        fill(CacheMount.FilesIn(staged.Path));
        // Losing it costs work done again.
        staged.Publish(path, durable: false);
    }

    private string LockOf(string name) => Path.Combine(layout.CacheMounts, name + LockSuffix);

    private static string IdOf(string path)
    {
        try
        {
            return File.ReadAllText(CacheMount.IdIn(path));
        }
        catch (IOException)
        {
            return Path.GetFileName(path);
        }
    }
}
