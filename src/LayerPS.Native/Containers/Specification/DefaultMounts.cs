using System.Globalization;
using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>What every container has mounted (runtime-spec, config-linux.md, "Default Filesystems").</summary>
internal static class DefaultMounts
{
    /// <param name="config">How the container runs.</param>
    /// <param name="network">The directory with the files that name the container and its network.</param>
    internal static IEnumerable<RuntimeMount> Of(ContainerConfig config, string network) =>
    [
        Make("/proc", "proc", "nosuid", "noexec", "nodev"),
        Make("/dev", "tmpfs", "nosuid", "noexec", "mode=755", "size=65536k"),
        Make("/dev/pts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
        SharedMemory(config),
        Make("/dev/mqueue", "mqueue", "nosuid", "noexec", "nodev"),
        config.Privileged
            ? Make("/sys", "sysfs", "nosuid", "noexec", "nodev")
            : Make("/sys", "sysfs", "nosuid", "noexec", "nodev", "ro"),
        .. ContainerFiles.Mounted.Select(name => Bind(network, name)),
    ];

    private static RuntimeMount SharedMemory(ContainerConfig config) =>
        config.IpcMode is { } mode && NamespaceMode.Parse(mode).Container is null
            ? new() { Destination = "/dev/shm", Type = "bind", Source = "/dev/shm", Options = ["bind"] }
            : Make("/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", SizeOf(config.ShmSize));

    private static string SizeOf(long? shared) =>
        shared is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"size={bytes}") : "size=65536k";

    private static RuntimeMount Make(string destination, string type, params string[] options) =>
        new() { Destination = destination, Type = type, Source = type, Options = options };

    private static RuntimeMount Bind(string directory, string name) =>
        new() { Destination = "/etc/" + name, Type = "bind", Source = Path.Combine(directory, name), Options = ["bind"] };
}
