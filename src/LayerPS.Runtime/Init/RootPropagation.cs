using LayerPS.Linux;
using LayerPS.Oci;

namespace LayerPS.Runtime.Init;

/// <summary>Where mounts that are made later are seen (runtime-spec, config-linux.md, "Rootfs Mount Propagation").</summary>
internal static class RootPropagation
{
    /// <summary>Before anything is mounted.</summary>
    internal static void Begin(RuntimeSpec spec, StageArguments arguments)
    {
        if (arguments.StateDirectory is null)
        {
            Mounts.MakePrivate();
            return;
        }

        // What is mounted from the host is seen here as long as a mount wants it to be; and here only where it is shared.
        bool shared = spec.Linux.RootfsPropagation is "shared" or "rshared";
        Mounts.SetPropagation("/", shared ? Mounts.Shared : Mounts.Slave, recursive: true);
        if (shared) MakeParentPrivate(Path.GetFullPath(spec.Root.Path));
    }

    /// <summary>Inside the root.</summary>
    internal static void End(RuntimeSpec spec)
    {
        if (spec.Linux.RootfsPropagation is { Length: > 0 } word)
            Mounts.SetPropagation("/", MountOptions.PropagationOf(word).Flag, word[0] == 'r');
    }

    // The root's own mount is nobody else's, and pivot_root(2) wants no shared mount above it.
    private static void MakeParentPrivate(string path)
    {
        for (string? place = path; place is not null; place = Path.GetDirectoryName(place))
        {
            try
            {
                Mounts.SetPropagation(place, Mounts.Private, recursive: false);
                return;
            }
            catch (LinuxException failure) when (failure.Errno == Tmds.Linux.LibC.EINVAL)
            {
                // No mount point; the one above may be.
            }
        }
    }
}
