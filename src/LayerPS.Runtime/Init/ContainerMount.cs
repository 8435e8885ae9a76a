using LayerPS.Linux;
using LayerPS.Oci;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Runtime.Init;

/// <summary>One entry of the configuration's mounts, made and attached below the container's root.</summary>
internal static class ContainerMount
{
    /// <param name="root">The container's root.</param>
    /// <param name="mount">The entry.</param>
    /// <param name="handed">Where its files come from, where this process may not open them itself.</param>
    /// <param name="cgroup">The container's cgroup, which a mount of type cgroup shows.</param>
    internal static void Apply(SafeFileHandle root, RuntimeMount mount, HandedFiles? handed = null, string? cgroup = null)
    {
        try
        {
            MountOptions options = MountOptions.Parse(mount);
            if (!options.Bind && mount.Type is "cgroup" or "cgroup2")
            {
                CgroupMount.Apply(root, mount, options, cgroup);
                return;
            }

            using SafeFileHandle made = !options.Bind ? Make(mount, options) : handed?.Next() ?? Bind(mount, options);
            bool directory = !options.Bind || FileStatus.Of(made).IsDirectory;
            Attach(root, mount.Destination, directory, made, options);
        }
        catch (LinuxException failure)
        {
            throw new IOException($"The mount on '{mount.Destination}' failed: {failure.Message}", failure);
        }
    }

    /// <summary>What the entry binds, as a mount that is nowhere yet.</summary>
    internal static SafeFileHandle Bind(RuntimeMount mount, MountOptions options)
    {
        string source = mount.Source ?? throw new InvalidDataException($"The bind mount on '{mount.Destination}' has no source.");
        SafeFileHandle clone = Mounts.Clone(source, options.Recursive);
        if ((options.SetBelow | options.ClearBelow) != 0)
            Mounts.ChangeAttributes(clone, options.SetBelow, options.ClearBelow, 0, recursive: true);
        if ((options.Set | options.Clear) != 0)
            Mounts.ChangeAttributes(clone, options.Set, options.Clear, 0, recursive: false);
        return clone;
    }

    /// <summary>Attaches a mount that is nowhere yet.</summary>
    internal static void Attach(
        SafeFileHandle root, string destination, bool directory, SafeFileHandle made, MountOptions options)
    {
        // What is made later on the host is not seen, unless it was asked for.
        if (options.Bind && options.Propagation.Count == 0) Mounts.ChangeAttributes(made, 0, 0, Mounts.Private, recursive: true);
        foreach ((ulong flag, bool recursive) in options.Propagation) Mounts.ChangeAttributes(made, 0, 0, flag, recursive);
        using SafeFileHandle target = MountTarget.Open(root, destination, directory);
        if (options.CopyUp) CopyUp.Fill(made, target);
        Mounts.Attach(made, target, destination);
    }

    /// <summary>A new file system.</summary>
    internal static SafeFileHandle Make(RuntimeMount mount, MountOptions options)
    {
        string type = mount.Type ?? throw new InvalidDataException($"The mount on '{mount.Destination}' has no type.");
        using SafeFileHandle context = Mounts.OpenContext(type);
        Mounts.Configure(context, "source", mount.Source ?? type);
        foreach (string option in options.Data)
        {
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            Mounts.Configure(
                context, equals < 0 ? option : option[..equals], equals < 0 ? null : option[(equals + 1)..]);
        }

        return Mounts.Create(context, type, options.Set);
    }
}
