using System.Globalization;
using System.Runtime.ExceptionServices;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Union;

/// <summary>
/// An overlay for a container that has users of its own: its layers are seen as if they belonged to those (the kernel's
/// filesystems/idmappings.rst), and what is written is stored by the numbers that the container has. So the same layers
/// serve every container, whatever its users.
/// </summary>
/// <remarks>
/// Overlayfs takes such layers since Linux 5.19, and only as mounts that are somewhere: they are among the links of a
/// directory, in a mount namespace that ends with its thread.
/// </remarks>
internal static class MappedUnion
{
    private const string Target = "mounted", Writable = "writable";

    /// <param name="lowers">The topmost first.</param>
    /// <param name="upper">The writable directory.</param>
    /// <param name="work">Beside it.</param>
    /// <param name="options">How.</param>
    /// <param name="userNamespace">The descriptor of the container's user namespace.</param>
    /// <param name="root">The user and group of the host that is root in there.</param>
    /// <returns>A detached mount.</returns>
    /// <exception cref="LinuxException">EINVAL: a file system cannot show its files so.</exception>
    internal static SafeFileHandle Mount(
        IReadOnlyList<string> lowers, string upper, string work, UnionMountOptions options, int userNamespace,
        uint root)
    {
        string directory = Directory.CreateTempSubdirectory("layerps-union-").FullName;
        try
        {
            SafeFileHandle? mount = null;
            ExceptionDispatchInfo? failure = null;
            var thread = new Thread(() =>
            {
                try
                {
                    mount = MountAt(directory, lowers, upper, work, options, userNamespace, root);
                }
                catch (Exception e)
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
            });
            thread.Start();
            thread.Join();
            failure?.Throw();
            return mount!;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static SafeFileHandle MountAt(
        string directory, IReadOnlyList<string> lowers, string upper, string work, UnionMountOptions options,
        int userNamespace, uint root)
    {
        Namespaces.Unshare(LibC.CLONE_NEWNS);
        Mounts.MakePrivate();
        List<string> names = [];
        foreach (string lower in lowers)
        {
            names.Add(names.Count.ToString("x", CultureInfo.InvariantCulture));
            Show(lower, Path.Combine(directory, names[^1]), userNamespace);
        }

        // Both have to be on one mount.
        string parent = Path.GetDirectoryName(upper)!;
        Show(parent, Path.Combine(directory, Writable), userNamespace);
        List<string> data =
        [
            "lowerdir=" + string.Join(':', names),
            $"upperdir={Writable}/{Path.GetFileName(upper)},workdir={Writable}/{Path.GetRelativePath(parent, work)}",
            .. options.Pairs().Select(static pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}"),
        ];
        Directory.CreateDirectory(Path.Combine(directory, Target));
        ThreadDirectory.Change(directory);
        // Overlayfs makes what it needs for itself as whoever mounts it, and the host's root is nobody in these layers.
        ThreadFileUser.Become(root, root);
        Mounts.Mount("overlay", Target, "overlay", 0, string.Join(',', data));
        return Mounts.Clone(Target);
    }

    private static void Show(string source, string place, int userNamespace)
    {
        Directory.CreateDirectory(place);
        using SafeFileHandle clone = Mounts.Clone(source);
        Mounts.MapUsers(clone, userNamespace);
        using SafeFileHandle target = FileTree.OpenDirectory(place);
        Mounts.Attach(clone, target, place);
    }
}
