using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Builds the container's tree of mounts in this mount namespace and enters it.</summary>
internal static class RootFileSystem
{
    internal static void Enter(RuntimeSpec spec)
    {
        _ = LibC.umask(default);
        Mounts.MakePrivate();
        IEnumerable<RuntimeMount> mounts = spec.Mounts;
        if (spec.Mounts is [{ Destination: "/", Type: "overlay" } union, ..])
        {
            mounts = spec.Mounts.Skip(1);
            using UnionMount mounted = MountUnion(union);
            mounted.AttachTo(spec.Root.Path);
        }
        else
        {
            // pivot_root(2) wants a mount point.
            using SafeFileHandle clone = Mounts.Clone(spec.Root.Path, recursive: true);
            using SafeFileHandle place = FileTree.OpenDirectory(spec.Root.Path);
            Mounts.Attach(clone, place, spec.Root.Path);
        }

        using (SafeFileHandle root = FileTree.OpenDirectory(spec.Root.Path))
        {
            foreach (RuntimeMount mount in mounts) ContainerMount.Apply(root, mount);
            StandardDevices.Make(root);
            foreach (RuntimeDevice device in spec.Linux.Devices) ContainerDevices.Make(root, device);
        }

        ThreadDirectory.Change(spec.Root.Path);
        Mounts.SwitchRootToCurrent();
        foreach ((string name, string value) in spec.Linux.Sysctl) KernelParameters.Set(name, value);
        foreach (string path in spec.Linux.ReadonlyPaths) PathProtection.MakeReadOnly(path);
        foreach (string path in spec.Linux.MaskedPaths) PathProtection.Mask(path);
        if (!spec.Root.Readonly) return;
        using SafeFileHandle whole = FileTree.OpenDirectory("/");
        Mounts.SetAttributes(whole, Mounts.ReadOnly);
    }

    private static UnionMount MountUnion(RuntimeMount mount)
    {
        List<string> lowers = [];
        string? upper = null;
        string? work = null;
        bool thrownAway = false;
        foreach (string option in mount.Options)
        {
            if (option == "volatile") thrownAway = true;
            else if (ValueOf(option, "lowerdir+=") is { } lower) lowers.Add(lower);
            else if (ValueOf(option, "upperdir=") is { } directory) upper = directory;
            else if (ValueOf(option, "workdir=") is { } workDirectory) work = workDirectory;
            else throw new InvalidDataException($"The overlay option '{option}' is not supported.");
        }

        return UnionMount.Create(lowers, upper, work, new UnionMountOptions { Volatile = thrownAway });
    }

    private static string? ValueOf(string option, string key) =>
        option.StartsWith(key, StringComparison.Ordinal) ? option[key.Length..] : null;
}
