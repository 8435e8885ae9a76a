using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Archives;

/// <summary>
/// Takes away what a later entry of the same archive replaces, and keeps what the tar-split needs of it.
/// </summary>
internal sealed class ReplacedFiles(TarSplitWriter split, DirectoryTimes times)
{
    internal void Remove(SafeFileHandle parent, ReadOnlySpan<byte> name, byte[] path, in FileStatus status)
    {
        if (status.IsDirectory)
        {
            RemoveContent(parent, name, path);
            times.Remove(path);
        }
        else if (status.IsRegularFile)
        {
            split.Keep(path, parent, name);
        }
        FileTree.Remove(parent, name, status.IsDirectory);
    }

    private void RemoveContent(SafeFileHandle parent, ReadOnlySpan<byte> name, byte[] path)
    {
        int error = FileTree.TryOpenBelow(
            parent, name, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? directory);
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(path), error);
        using (directory)
        {
            foreach (byte[] child in DirectoryListing.Read(directory!))
            {
                error = FileStatus.TryOf(directory!, child, out FileStatus status);
                if (error != 0) throw new LinuxException("fstatat", ByteText.Display(child), error);
                Remove(directory!, child, EntryName.Join(path, child), status);
            }
        }
    }
}
