using LayerPS.Linux;

namespace LayerPS.Containers;

/// <summary>
/// The places that a container has something mounted on, in a directory of its own that its union has below the image:
/// the runtime finds them there, and makes nothing in the writable layer.
/// </summary>
internal static class HiddenMountPoints
{
    private const uint DirectoryMode = 493; // rwxr-xr-x

    /// <param name="container">The container's directory, in the making.</param>
    /// <param name="mounts">What it has mounted; the paths are checked.</param>
    internal static void Make(string container, IReadOnlyList<ContainerMount> mounts)
    {
        if (mounts.Count == 0) return;
        string root = PathIn(container);
        Directories.Make(root, DirectoryMode);
        foreach (ContainerMount mount in mounts)
        {
            bool isFile = mount.Type == ContainerMountType.Bind && File.Exists(mount.Source);
            string path = root + mount.Destination;
            MakeDirectories(root, isFile ? Path.GetDirectoryName(path)! : path);
            if (isFile && !Path.Exists(path)) File.WriteAllBytes(path, []);
        }
    }

    /// <summary>The directory, where the container has one.</summary>
    internal static IEnumerable<string> In(string container)
    {
        string root = PathIn(container);
        return Directory.Exists(root) ? [root] : [];
    }

    private static string PathIn(string container) => Path.Combine(container, ContainerFiles.MountPoints);

    private static void MakeDirectories(string root, string path)
    {
        if (path.Length <= root.Length || Path.Exists(path)) return;
        MakeDirectories(root, Path.GetDirectoryName(path)!);
        Directories.Make(path, DirectoryMode);
    }
}
