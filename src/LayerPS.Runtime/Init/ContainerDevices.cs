using System.Text;
using LayerPS.Linux;
using LayerPS.Oci;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>The device nodes that a container has besides the usual ones, below its /dev.</summary>
internal static class ContainerDevices
{
    private const uint DirectoryMode = 493; // rwxr-xr-x

    internal static void Make(SafeFileHandle root, RuntimeDevice device)
    {
        string path = device.Path.Trim('/');
        int slash = path.LastIndexOf('/');
        using SafeFileHandle directory = OpenOrMake(root, path[..slash]);
        byte[] name = Encoding.UTF8.GetBytes(path[(slash + 1)..]);
        uint type = device.Type == "b" ? FileType.BlockDevice : FileType.CharacterDevice;

        // What the image or another one has there goes.
        int error = FileTree.TryRemove(directory, name, directory: false);
        if (error is 0 || error == LibC.ENOENT)
            error = FileTree.TryMakeNode(directory, name, type | device.FileMode, new DeviceNumber(device.Major, device.Minor));
        if (error != 0) throw new LinuxException("mknodat", device.Path, error);
        FileOwnership.SetOwner(directory, name, device.Uid, device.Gid);
        FileOwnership.SetMode(directory, name, device.FileMode);
    }

    private static SafeFileHandle OpenOrMake(SafeFileHandle root, string path)
    {
        string made = "";
        foreach (string part in path.Split('/'))
        {
            made += made.Length == 0 ? part : '/' + part;
            int slash = made.LastIndexOf('/');
            using SafeFileHandle parent = Open(root, slash < 0 ? "" : made[..slash]);
            int error = FileTree.TryMakeDirectory(parent, Encoding.UTF8.GetBytes(part), DirectoryMode);
            if (error != 0 && error != LibC.EEXIST) throw new LinuxException("mkdirat", made, error);
        }

        return Open(root, path);
    }

    private static SafeFileHandle Open(SafeFileHandle root, string path)
    {
        int error = FileTree.TryOpenBelow(
            root, Encoding.UTF8.GetBytes(path), LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot,
            out SafeFileHandle? directory);
        return error == 0 ? directory! : throw new LinuxException("openat2", path, error);
    }
}
