using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Oci;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Runtime.Init;

/// <summary>
/// A mount of type cgroup: the container sees its own cgroup as the root of each hierarchy, see cgroup_namespaces(7). Where
/// the host has version 2 alone it is that one's; else a directory with one for each.
/// </summary>
internal static class CgroupMount
{
    internal static void Apply(SafeFileHandle root, RuntimeMount mount, MountOptions options, string? path)
    {
        List<CgroupHierarchy> hierarchies = CgroupHierarchy.OnThisHost();
        if (hierarchies.Count == 0) throw new IOException("This machine has no cgroups.");
        if (mount.Type == "cgroup2" || hierarchies is [{ Version: 2 }])
        {
            CgroupHierarchy second = hierarchies.Find(static h => h.Version == 2)
                ?? throw new IOException("This machine has no cgroups of version 2.");
            Bind(root, mount.Destination, second, path, options);
            return;
        }

        // Written into first, and read-only then.
        RuntimeMount folder = new() { Destination = mount.Destination, Type = "tmpfs", Source = "tmpfs", Options = ["mode=755"] };
        using SafeFileHandle made = ContainerMount.Make(folder, new MountOptions { Data = { "mode=755" } });
        using (SafeFileHandle place = MountTarget.Open(root, mount.Destination, directory: true))
            Mounts.Attach(made, place, mount.Destination);
        foreach (CgroupHierarchy hierarchy in hierarchies)
            Bind(root, $"{mount.Destination}/{Path.GetFileName(hierarchy.MountPoint)}", hierarchy, path, options);
        if (options.Set != 0) Mounts.SetAttributes(made, options.Set);
    }

    private static void Bind(
        SafeFileHandle root, string destination, CgroupHierarchy hierarchy, string? path, MountOptions options)
    {
        using SafeFileHandle clone = Mounts.Clone(hierarchy.MountPoint + path);
        if (options.Set != 0) Mounts.SetAttributes(clone, options.Set);
        using SafeFileHandle place = MountTarget.Open(root, destination, directory: true);
        Mounts.Attach(clone, place, destination);
    }
}
