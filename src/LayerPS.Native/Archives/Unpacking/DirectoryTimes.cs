using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Archives;

/// <summary>The times of directories, which can only be set when nothing is written into them any more.</summary>
internal sealed class DirectoryTimes
{
    private readonly Dictionary<PathKey, FileTime> _times = [];

    internal void Set(byte[] path, FileTime time) => _times[new PathKey(path)] = time;

    internal void Remove(byte[] path) => _times.Remove(new PathKey(path));

    internal void Apply(SafeFileHandle root)
    {
        foreach ((PathKey key, FileTime time) in _times)
        {
            int error = FileTree.TryOpenBelow(
                root, key.Path, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? handle);
            if (error != 0) throw new LinuxException("openat2", ByteText.Display(key.Path), error);
            using (handle) FileOwnership.SetModified(handle!, time);
        }
    }
}
