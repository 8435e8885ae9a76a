using System.Text;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// The place of a mount, found as if the container's root were the root of everything, so that no link of the image
/// leads out; what is missing is made.
/// </summary>
internal static class MountTarget
{
    private const int LinkLimit = 40;
    private const uint DirectoryMode = 493; // rwxr-xr-x
    private const uint FileMode = 420; // rw-r--r--

    internal static SafeFileHandle Open(SafeFileHandle root, string path, bool directory) =>
        Open(root, path.Trim('/'), directory, LinkLimit);

    private static SafeFileHandle Open(SafeFileHandle root, string path, bool directory, int links)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(path);
        int error = FileTree.TryOpenBelow(root, bytes, LibC.O_PATH, FileTree.ResolveInRoot, out SafeFileHandle? found);
        if (error == 0) return found!;
        if (error != LibC.ENOENT || links == 0) throw new LinuxException("openat2", path, error);

        int slash = path.LastIndexOf('/');
        string parentPath = slash < 0 ? "" : path[..slash];
        byte[] name = Encoding.UTF8.GetBytes(path[(slash + 1)..]);
        using SafeFileHandle parent = Open(root, parentPath, directory: true, links);
        using SafeFileHandle writable = Reopen(parent);
        error = directory ? FileTree.TryMakeDirectory(writable, name, DirectoryMode) : MakeFile(writable, name);
        if (error == 0) return Open(root, path, directory, links - 1);
        if (error != LibC.EEXIST) throw new LinuxException(directory ? "mkdirat" : "openat", path, error);

        // It is there and yet was not found: a link to nothing. What it points to is made.
        string target = Encoding.UTF8.GetString(FileTree.ReadLink(writable, name));
        string full = target.StartsWith('/') ? target : $"{parentPath}/{target}";
        return Open(root, full.Trim('/'), directory, links - 1);
    }

    private static SafeFileHandle Reopen(SafeFileHandle directory)
    {
        int error = FileTree.TryOpenBelow(
            directory, "."u8, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot, out SafeFileHandle? opened);
        return error == 0 ? opened! : throw new LinuxException("openat2", ".", error);
    }

    private static int MakeFile(SafeFileHandle parent, ReadOnlySpan<byte> name)
    {
        int error = FileTree.TryCreateFile(parent, name, FileMode, out SafeFileHandle? file);
        file?.Dispose();
        return error;
    }
}
