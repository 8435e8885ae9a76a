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
    internal static void Apply(SafeFileHandle root, RuntimeMount mount, HandedFiles? handed = null)
    {
        try
        {
            bool bind = IsBind(mount);
            using SafeFileHandle made = !bind ? Make(mount) : handed?.Next() ?? Bind(mount);
            bool directory = !bind || FileStatus.Of(made).IsDirectory;
            using SafeFileHandle target = MountTarget.Open(root, mount.Destination, directory);
            Mounts.Attach(made, target, mount.Destination);
        }
        catch (LinuxException failure)
        {
            throw new IOException($"The mount on '{mount.Destination}' failed: {failure.Message}", failure);
        }
    }

    internal static bool IsBind(RuntimeMount mount) =>
        mount.Type == "bind" || IsRecursive(mount) || mount.Options.Contains("bind");

    internal static bool IsRecursive(RuntimeMount mount) => mount.Options.Contains("rbind");

    /// <summary>What the entry binds, as a mount that is nowhere yet.</summary>
    internal static SafeFileHandle Bind(RuntimeMount mount)
    {
        bool recursive = IsRecursive(mount);
        string source = mount.Source ?? throw new InvalidDataException($"The bind mount on '{mount.Destination}' has no source.");
        SafeFileHandle clone = Mounts.Clone(source, recursive);
        ulong attributes = mount.Options.Aggregate(0UL, static (all, option) => all | AttributeOf(option));
        if (attributes != 0) Mounts.SetAttributes(clone, attributes, recursive);
        return clone;
    }

    private static SafeFileHandle Make(RuntimeMount mount)
    {
        string type = mount.Type ?? throw new InvalidDataException($"The mount on '{mount.Destination}' has no type.");
        using SafeFileHandle context = Mounts.OpenContext(type);
        Mounts.Configure(context, "source", mount.Source ?? type);
        ulong attributes = 0;
        foreach (string option in mount.Options)
        {
            ulong attribute = AttributeOf(option);
            attributes |= attribute;
            if (attribute != 0 || option is "rw") continue;
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            Mounts.Configure(
                context, equals < 0 ? option : option[..equals], equals < 0 ? null : option[(equals + 1)..]);
        }

        return Mounts.Create(context, type, attributes);
    }

    private static ulong AttributeOf(string option) => option switch
    {
        "ro" => Mounts.ReadOnly,
        "nosuid" => Mounts.NoSetUserId,
        "nodev" => Mounts.NoDevices,
        "noexec" => Mounts.NoExecute,
        "noatime" => Mounts.NoAccessTime,
        _ => 0,
    };
}
