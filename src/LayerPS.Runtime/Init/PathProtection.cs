using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>Hides paths from the container or makes them read-only (runtime-spec, config-linux.md). Absent ones need nothing.</summary>
internal static class PathProtection
{
    internal static void MakeReadOnly(string path)
    {
        using SafeFileHandle? target = TryOpen(path);
        if (target is null) return;
        using SafeFileHandle clone = Mounts.Clone(path, recursive: true);
        Mounts.SetAttributes(clone, Mounts.ReadOnly | Mounts.NoSetUserId | Mounts.NoDevices | Mounts.NoExecute, recursive: true);
        Mounts.Attach(clone, target, path);
    }

    internal static void Mask(string path)
    {
        using SafeFileHandle? target = TryOpen(path);
        if (target is null) return;
        using SafeFileHandle cover = Directory.Exists(path) ? EmptyDirectory() : Mounts.Clone("/dev/null");
        Mounts.Attach(cover, target, path);
    }

    private static SafeFileHandle EmptyDirectory()
    {
        using SafeFileHandle context = Mounts.OpenContext("tmpfs");
        Mounts.Configure(context, "source", "tmpfs");
        Mounts.Configure(context, "nr_inodes", "1");
        return Mounts.Create(
            context, "tmpfs", Mounts.ReadOnly | Mounts.NoSetUserId | Mounts.NoDevices | Mounts.NoExecute);
    }

    private static SafeFileHandle? TryOpen(string path)
    {
        try
        {
            return new SafeFileHandle(Descriptors.Open(path, LibC.O_PATH), ownsHandle: true);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.ENOENT || failure.Errno == LibC.ENOTDIR)
        {
            return null;
        }
    }
}
