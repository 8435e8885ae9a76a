using LayerPS.Oci;
using LayerPS.Storage;
using LayerPS.Volumes;

namespace LayerPS.Containers;

/// <summary>What a container has mounted, in the order in which it must be: what lies deeper comes later.</summary>
internal static class ContainerMounts
{
    // Those that docker gives a file system in memory; their opposites take them away.
    private static readonly string[] Careful = ["noexec", "nosuid", "nodev"];

    internal static IEnumerable<RuntimeMount> Of(StoreLayout layout, Container container)
    {
        RuntimeMount[] own = [.. container.Config.Mounts.Select(mount => Translate(layout, mount))];
        HashSet<string> taken = [.. own.Select(static mount => mount.Destination)];
        string network = SharedNetwork.DirectoryOf(layout, container);
        return DefaultMounts.Of(container.Config, network).Where(mount => !taken.Contains(mount.Destination)).Concat(own)
            .OrderBy(static mount => mount.Destination.Count(static c => c == '/'));
    }

    private static RuntimeMount Translate(StoreLayout layout, ContainerMount mount) => new()
    {
        Destination = mount.Destination,
        Type = mount.Type == ContainerMountType.TmpFs ? "tmpfs" : "bind",
        Source = mount.Type switch
        {
            ContainerMountType.TmpFs => "tmpfs",
            ContainerMountType.Bind => mount.Source,
            _ => layout.VolumeFiles(mount.Source!),
        },
        Options = [.. OptionsOf(mount), .. ReadOnly(mount)],
    };

    // A bind mount has all that is mounted below its source.
    private static string[] ReadOnly(ContainerMount mount) =>
        !mount.ReadOnly ? [] : mount.Type == ContainerMountType.TmpFs ? ["ro"] : ["rro"];

    private static IEnumerable<string> OptionsOf(ContainerMount mount)
    {
        if (mount.Type != ContainerMountType.TmpFs) return ["rbind"];
        IEnumerable<string> careful = Careful.Where(option => !mount.Options.Contains(option[2..]));
        return careful.Concat(mount.Options.Where(static option => !Careful.Contains("no" + option))).Distinct();
    }
}
