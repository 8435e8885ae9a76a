using System.Globalization;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Builds the container's tree of mounts in this mount namespace and enters it.</summary>
internal static class RootFileSystem
{
    /// <param name="spec">How.</param>
    /// <param name="arguments">How the stage was started.</param>
    /// <param name="handed">What it may not open itself; null where it may open everything.</param>
    /// <param name="beforeRoot">Called when all is mounted and the root is not entered; null for nothing.</param>
    internal static void Enter(RuntimeSpec spec, StageArguments arguments, HandedFiles? handed, Action? beforeRoot)
    {
        _ = LibC.umask(default);
        RootPropagation.Begin(spec, arguments);
        IEnumerable<RuntimeMount> mounts = spec.Mounts;
        string path = spec.Root.Path;
        if (handed is not null)
        {
            mounts = spec.Mounts.Skip(1);
            // The directory for it is closed to this process. Whatever it is mounted on goes away with the old root.
            SafeFileHandle mounted = handed.Next();
            using SafeFileHandle place = FileTree.OpenDirectory("/");
            Mounts.Attach(mounted, place, "/");
            path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{mounted.Number()}");
        }
        else if (spec.Mounts is [{ Destination: "/", Type: "overlay" } union, ..])
        {
            mounts = spec.Mounts.Skip(1);
            using UnionMount made = MountUnion(union);
            made.AttachTo(spec.Root.Path);
        }
        else
        {
            // pivot_root(2) wants a mount point.
            using SafeFileHandle clone = Mounts.Clone(spec.Root.Path, recursive: true);
            using SafeFileHandle place = FileTree.OpenDirectory(spec.Root.Path);
            Mounts.ChangeAttributes(clone, 0, 0, Mounts.Private, recursive: false);
            Mounts.Attach(clone, place, spec.Root.Path);
        }

        using (SafeFileHandle root = FileTree.OpenDirectory(path))
        {
            foreach (RuntimeMount mount in mounts) ContainerMount.Apply(root, mount, handed, arguments.CgroupPath);
            // One that is the host's has what the host has.
            if (!mounts.Any(static mount => mount.Destination.TrimEnd('/') == "/dev" && MountOptions.Parse(mount).Bind))
                StandardDevices.Make(root, bound: handed is not null);
            foreach (RuntimeDevice device in spec.Linux.Devices) ContainerDevices.Make(root, device);
        }

        beforeRoot?.Invoke();
        ThreadDirectory.Change(path);
        if (arguments.NoPivot) Mounts.MoveCurrentToRoot();
        else Mounts.SwitchRootToCurrent();
        foreach ((string name, string value) in spec.Linux.Sysctl) KernelParameters.Set(name, value);
        foreach (string kept in spec.Linux.ReadonlyPaths) PathProtection.MakeReadOnly(kept);
        foreach (string hidden in spec.Linux.MaskedPaths) PathProtection.Mask(hidden);
        using SafeFileHandle whole = FileTree.OpenDirectory("/");
        if (spec.Root.Readonly) Mounts.SetAttributes(whole, Mounts.ReadOnly);
        RootPropagation.End(spec);
    }

    private static UnionMount MountUnion(RuntimeMount mount)
    {
        (List<string> lowers, string? upper, string? work, UnionMountOptions options) = Read(mount);
        return UnionMount.Create(lowers, upper, work, options);
    }

    /// <summary>What the entry of the root says.</summary>
    /// <exception cref="InvalidDataException">An option is none of an overlay's.</exception>
    internal static (List<string> Lowers, string? Upper, string? Work, UnionMountOptions Options) Read(
        RuntimeMount mount)
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

        return (lowers, upper, work, new UnionMountOptions { Volatile = thrownAway });
    }

    private static string? ValueOf(string option, string key) =>
        option.StartsWith(key, StringComparison.Ordinal) ? option[key.Length..] : null;
}
