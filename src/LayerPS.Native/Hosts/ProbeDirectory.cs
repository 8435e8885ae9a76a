using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>A directory for a probe, on the file system of the store. It goes with the probe.</summary>
internal sealed class ProbeDirectory : IDisposable
{
    private readonly StagedDirectory? _staged;

    internal ProbeDirectory(StoreLayout layout)
    {
        // What a killed probe leaves in a store is swept away with all that is staged.
        if (Directory.Exists(layout.Staging))
        {
            _staged = StagingArea.Create(layout);
            Path = _staged.Path;
            return;
        }

        Path = System.IO.Path.Combine(NearestFolder(layout), $".layerps-check-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    internal string Path { get; }

    /// <summary>The store's directory, or the nearest one above it that is there already.</summary>
    internal static string NearestFolder(StoreLayout layout)
    {
        string folder = layout.Root;
        while (!Directory.Exists(folder)) folder = System.IO.Path.GetDirectoryName(folder)!;
        return folder;
    }

    /// <summary>Makes a directory in it.</summary>
    internal string Make(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    public void Dispose()
    {
        if (_staged is null) TreeRemover.Remove(Path);
        else _staged.Dispose();
    }
}
