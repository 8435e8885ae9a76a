using LayerPS.Linux;
using LayerPS.Storage;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Images;

/// <summary>The image so far with a writable directory above it, for steps that make files themselves.</summary>
internal sealed class UnionWorkspace : IDisposable
{
    private const uint AnyoneReads = 493; // rwxr-xr-x

    private readonly StagedDirectory _staged;
    private readonly UnionMount? _mount;
    private readonly string _upper;
    private readonly string? _parent;

    /// <param name="layout">The store.</param>
    /// <param name="below">The image so far; null for none.</param>
    /// <param name="apart">The files of the image are not seen, and no link of it is followed: COPY --link.</param>
    internal UnionWorkspace(StoreLayout layout, Image? below, bool apart = false)
    {
        _staged = StagingArea.Create(layout);
        try
        {
            _upper = Path.Combine(_staged.Path, "upper");
            string work = Path.Combine(_staged.Path, "work");
            Directory.CreateDirectory(_upper);
            Directory.CreateDirectory(work);
            _parent = below?.Layers[^1].Id;
            using SafeFileHandle target = FileTree.OpenDirectory(_upper);
            FileOwnership.SetMode(target, AnyoneReads);
            if (below is null)
            {
                Root = FileTree.OpenDirectory(_upper);
                return;
            }

            using (SafeFileHandle source = FileTree.OpenDirectory(below.Layers[^1].Path))
            {
                FileStatus status = FileStatus.Of(source);
                FileOwnership.SetOwner(target, status.Uid, status.Gid);
                FileOwnership.SetMode(target, status.Permissions);
                FileOwnership.SetModified(target, status.Modified);
            }

            if (apart)
            {
                Root = FileTree.OpenDirectory(_upper);
                return;
            }

            _mount = UnionMount.Create(below.LowerPaths, _upper, work, UnionMountOptions.Default with { Volatile = true });
            Root = _mount.Handle;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The root of the union.</summary>
    internal SafeFileHandle Root { get; }

    /// <summary>What was written becomes a layer; the union is gone then.</summary>
    internal StagedLayer Stage(ImageBuild build)
    {
        _mount?.Dispose();
        return WritableLayer.Stage(build, _upper, _parent);
    }

    public void Dispose()
    {
        if (_mount is null) Root?.Dispose();
        _mount?.Dispose();
        _staged.Dispose();
    }
}
