using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>Writes a directory as a tar archive.</summary>
internal static class DirectoryTar
{
    /// <summary>
    /// Writes all that lies below <paramref name="directory"/>, in the order of the names' bytes, with numeric owners,
    /// hard links, extended attributes and large holes. Stays on the directory's file system: what is mounted below
    /// comes as empty directories. Sockets are left out. The destination stays open.
    /// </summary>
    /// <exception cref="LinuxException">Something cannot be read.</exception>
    internal static void Write(
        string directory, Stream destination, DirectoryTarOptions options, CancellationToken cancellationToken)
    {
        using SafeFileHandle root = FileTree.OpenDirectory(directory);
        using TarWriter writer = new(destination, cancellationToken);
        new DirectoryWalk(root, writer, options, cancellationToken).Run();
        writer.Complete();
    }
}
