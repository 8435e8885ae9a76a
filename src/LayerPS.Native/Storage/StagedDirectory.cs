using LayerPS.Linux;

namespace LayerPS.Storage;

/// <summary>A directory in the making. It becomes visible by <see cref="Publish"/>, whole, or it is removed.</summary>
internal sealed class StagedDirectory : IDisposable
{
    private readonly FileLock _lock;
    private bool _published;

    internal StagedDirectory(string path, FileLock held)
    {
        Path = path;
        _lock = held;
    }

    internal string Path { get; }

    /// <summary>Renames it to where it belongs.</summary>
    /// <param name="target">A path on the same file system.</param>
    /// <param name="durable">Whether all of it has to survive a loss of power from now on.</param>
    /// <returns>False when another session has put the same there already; this one goes then.</returns>
    internal bool Publish(string target, bool durable)
    {
        if (durable) FileSystems.SyncAll(Path);
        try
        {
            Directory.Move(Path, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            return false;
        }

        _published = true;
        if (durable) FileSystems.SyncDirectory(System.IO.Path.GetDirectoryName(target)!);
        return true;
    }

    public void Dispose()
    {
        if (!_published) TreeRemover.Remove(Path);
        StagingArea.Finish(Path, _lock);
    }
}
