using LayerPS.Linux;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Storage;

/// <summary>Measures what the files of a directory hold.</summary>
internal static class TreeSize
{
    /// <summary>The content of all regular files below, in bytes; one with several names counts once.</summary>
    /// <exception cref="LinuxException">Something cannot be read, or was removed meanwhile.</exception>
    internal static long Of(string path, CancellationToken cancellationToken)
    {
        using SafeFileHandle root = FileTree.OpenDirectory(path);
        HashSet<ulong> linked = [];
        long size = 0;
        foreach (FilePair pair in new TreePair(root, null, null, hideWhiteouts: false).Walk(cancellationToken))
        {
            if (pair.Before is not { IsRegularFile: true } file) continue;
            if (file.Links == 1 || linked.Add(file.Inode)) size += file.Size;
        }

        return size;
    }
}
