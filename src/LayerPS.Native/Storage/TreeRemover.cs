using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Storage;

/// <summary>
/// Removes a directory and all below it by descriptors: no link is followed, no mount is entered, and no mode stands in the
/// way of root.
/// </summary>
internal static class TreeRemover
{
    /// <exception cref="LinuxException">Something could not be removed; EBUSY for a mount point.</exception>
    internal static void Remove(string path)
    {
        using (SafeFileHandle directory = FileTree.OpenDirectory(path)) RemoveContent(directory);
        if (!Directories.TryRemove(path)) throw LinuxException.FromLastError("rmdir", path);
    }

    private static void RemoveContent(SafeFileHandle directory)
    {
        foreach (byte[] name in DirectoryListing.Read(directory)) Remove(directory, name);
    }

    /// <summary>Removes what has that name in a directory, if there is such a thing.</summary>
    internal static void Remove(SafeFileHandle directory, byte[] name)
    {
        int error = FileTree.TryRemove(directory, name, directory: false);
        if (error is 0 || error == LibC.ENOENT) return;
        if (error != LibC.EISDIR) throw new LinuxException("unlinkat", ByteText.Display(name), error);

        error = FileTree.TryOpenBelow(
            directory, name, LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_NOFOLLOW,
            FileTree.ResolveNoLinks | (ulong)LibC.RESOLVE_NO_XDEV, out SafeFileHandle? opened);
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(name), error);
        using (SafeFileHandle child = opened!) RemoveContent(child);
        FileTree.Remove(directory, name, directory: true);
    }
}
