using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Oci.Arguments;

namespace LayerPS.Runtime.Oci.Configuration;

/// <summary>
/// Refuses what a configuration must not have and what this runtime does not do, by the name of the field (runtime-spec,
/// config.md and config-linux.md).
/// </summary>
internal static class SpecificationCheck
{
    private const int Supported = 1;

    /// <param name="spec">The configuration.</param>
    /// <param name="warn">Told what is done without.</param>
    /// <exception cref="OciException">The first thing that is refused.</exception>
    internal static void Check(RuntimeSpec spec, Action<string> warn)
    {
        CheckVersion(spec.OciVersion);
        if (spec.Root.Path.Length == 0 || !Directory.Exists(spec.Root.Path))
            throw Refused("root.path", $"there is no directory '{spec.Root.Path}' (no such file or directory)");
        foreach (RuntimeMount mount in spec.Mounts) CheckMount(mount);
        ProcessCheck.Check(spec.Process, warn);
        CheckHooks(spec.Hooks);
        LinuxCheck.Check(spec);
    }

    internal static OciException Refused(string field, string reason) => new($"config.json: {field}: {reason}.");

    // See semver.org: what has the same first number means the same.
    private static void CheckVersion(string version)
    {
        if (!Version.TryParse(version.Split('-', '+')[0], out Version? parsed) || parsed.Build < 0)
            throw Refused("ociVersion", $"'{version}' is no version as 1.2.0 is one");
        if (parsed.Major != Supported) throw Refused("ociVersion", $"{version} is not supported, 1.x is");
    }

    private static void CheckMount(RuntimeMount mount)
    {
        if (mount.Destination.Length == 0) throw Refused("mounts", "a mount has no destination");
        MountOptions options = MountOptions.Parse(mount);
        if (options.IdMap is not null || mount.UidMappings is { Count: > 0 } || mount.GidMappings is { Count: > 0 })
            throw Refused("mounts", $"'{mount.Destination}': uidMappings, gidMappings and idmap are not supported");
        if (!options.Bind && mount.Type is null) throw Refused("mounts", $"'{mount.Destination}' has no type");
        if (options.Bind && options.CopyUp) throw Refused("mounts", $"'{mount.Destination}': tmpcopyup is for tmpfs");
        if (options.Bind && options.Data.FirstOrDefault(static option => option is not ("remount" or "sync" or "dirsync")) is { } odd)
            throw Refused("mounts", $"'{mount.Destination}': a bind mount has no option '{odd}'");
    }

    private static void CheckHooks(RuntimeHooks? hooks)
    {
        if (hooks is null) return;
        IEnumerable<RuntimeHook> all =
        [
            .. hooks.Prestart, .. hooks.CreateRuntime, .. hooks.CreateContainer, .. hooks.StartContainer, .. hooks.Poststart,
            .. hooks.Poststop,
        ];
        foreach (RuntimeHook hook in all)
        {
            if (!hook.Path.StartsWith('/')) throw Refused("hooks", $"the path '{hook.Path}' is not absolute");
            if (hook.Timeout <= 0) throw Refused("hooks", $"'{hook.Path}': a timeout is more than 0 seconds");
        }
    }
}
