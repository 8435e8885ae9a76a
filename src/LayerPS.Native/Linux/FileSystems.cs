using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Linux;

/// <summary>Making what was written survive a loss of power.</summary>
internal static class FileSystems
{
    /// <summary>Makes the names in a directory durable (fsync(2)).</summary>
    internal static void SyncDirectory(string path)
    {
        using SafeFileHandle directory = FileTree.OpenDirectory(path);
        if (LibC.fsync(directory.Number()) < 0) throw LinuxException.FromLastError("fsync", path);
    }

    /// <summary>Makes everything on the file system of that directory durable (syncfs(2)).</summary>
    internal static void SyncAll(string path)
    {
        using SafeFileHandle directory = FileTree.OpenDirectory(path);
        if (LibC.syncfs(directory.Number()) < 0) throw LinuxException.FromLastError("syncfs", path);
    }
}
