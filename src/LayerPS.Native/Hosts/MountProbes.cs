using LayerPS.Linux;
using LayerPS.Storage;
using LayerPS.Union;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Hosts;

/// <summary>
/// Mounts: the interface of descriptors, and overlays on the store's own file system. All are detached.
/// </summary>
internal static class MountProbes
{
    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        new("mount-api", "A container's file systems are mounted by descriptors.",
            "Run pwsh as root, on a kernel 5.12 or later.", FindDescriptors) { IsRequired = true },
        new("overlay", "A container is the union of its image's layers and a writable one.",
            "Run pwsh as root; load the module (modprobe overlay), which kernels have with CONFIG_OVERLAY_FS; keep the " +
            "store, by $env:LAYERPS_ROOT, on a file system that overlayfs takes, such as ext4, xfs or btrfs.",
            () => FindOverlay(layout, UnionInterface.Auto)) { IsRequired = true },
        new("overlay-lowerdir+", "Layers are given to the kernel one by one, however long their paths are.",
            "Boot a kernel 6.5 or later. On an older one LayerPS mounts by links with short names, which is slower.",
            () => FindOverlay(layout, UnionInterface.FileSystemContext)),
    ];

    private static ProbeFinding FindDescriptors()
    {
        using SafeFileHandle context = Mounts.OpenContext("tmpfs");
        using SafeFileHandle mount = Mounts.Create(context, "tmpfs");
        Mounts.SetAttributes(mount, Mounts.ReadOnly);
        return ProbeFinding.Good("fsopen, fsconfig, fsmount, mount_setattr");
    }

    // What a container does: it writes a file, and deletes one of its image.
    private static ProbeFinding FindOverlay(StoreLayout layout, UnionInterface by)
    {
        using var place = new ProbeDirectory(layout);
        string lower = place.Make("lower"), upper = place.Make("upper"), work = place.Make("work");
        File.WriteAllText(Path.Combine(lower, "deleted"), "");
        var options = new UnionMountOptions { Interface = by, Volatile = true };
        using (UnionMount union = UnionMount.Create([lower], upper, work, options))
        {
            File.WriteAllText(Path.Combine(union.Path, "written"), "");
            File.Delete(Path.Combine(union.Path, "deleted"));
        }

        bool isWritten = File.Exists(Path.Combine(upper, "written"));
        bool isHidden = File.Exists(Path.Combine(upper, "deleted")) && File.Exists(Path.Combine(lower, "deleted"));
        return new ProbeFinding(
            isWritten && isHidden, $"write {(isWritten ? "kept" : "lost")}, whiteout {(isHidden ? "kept" : "lost")}");
    }
}
