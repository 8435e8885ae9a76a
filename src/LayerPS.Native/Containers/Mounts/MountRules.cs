using LayerPS.Volumes;

namespace LayerPS.Containers;

/// <summary>Puts together what a container has mounted, and refuses what cannot be.</summary>
internal static class MountRules
{
    // The runtime furnishes these itself.
    private static readonly string[] Reserved = ["/", "/dev", "/proc", "/sys"];

    /// <summary>
    /// What was asked for, and a volume for each directory that the image says is one. Volumes without a name get one.
    /// </summary>
    /// <exception cref="EngineException">ContainerOptionInvalid, VolumeNameInvalid.</exception>
    internal static IReadOnlyList<ContainerMount> Merge(
        IEnumerable<string> volumesOfImage, IEnumerable<ContainerMount> asked)
    {
        List<ContainerMount> mounts = [.. asked.Select(Check)];
        string? twice = mounts.GroupBy(static mount => mount.Destination)
            .FirstOrDefault(static group => group.Count() > 1)?.Key;
        if (twice is not null) throw Invalid($"Two things cannot be mounted on '{twice}'.", twice);
        foreach (string path in volumesOfImage)
        {
            ContainerMount volume = Check(new ContainerMount { Destination = path });
            if (mounts.All(mount => mount.Destination != volume.Destination)) mounts.Add(volume);
        }

        return mounts;
    }

    private static ContainerMount Check(ContainerMount mount)
    {
        string destination = mount.Destination;
        if (!destination.StartsWith('/') || destination.Contains('\0', StringComparison.Ordinal))
            throw Invalid($"Nothing can be mounted on '{destination}': give an absolute path, such as /data.", destination);
        string[] names = destination.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (names.Any(static name => name is "." or ".."))
            throw Invalid($"Nothing can be mounted on '{destination}': write the path without '.' and '..'.", destination);
        destination = "/" + string.Join('/', names);
        if (Reserved.Contains(destination) || destination.StartsWith("/proc/", StringComparison.Ordinal))
            throw Invalid($"Nothing can be mounted on '{destination}', which every container has for itself.", destination);
        if (mount.Type == ContainerMountType.Bind) RequireSource(mount);
        else if (mount is { Type: ContainerMountType.Volume, Source: { } name }) VolumeStore.Check(name);
        return mount is { Type: ContainerMountType.Volume, Source: null }
            ? mount with { Destination = destination, Source = VolumeStore.NewName(), IsAnonymous = true }
            : mount with { Destination = destination, IsAnonymous = false };
    }

    private static void RequireSource(ContainerMount mount)
    {
        string source = mount.Source ?? "";
        if (!Path.IsPathFullyQualified(source))
            throw Invalid($"'{source}' is no absolute path of this machine.", source);
        if (Path.Exists(source)) return;
        throw Invalid(
            $"There is no '{source}' on this machine to mount on '{mount.Destination}'. Make it first; a name " +
            "without a slash means a volume.", source);
    }

    private static EngineException Invalid(string message, string target) =>
        new(EngineErrors.ContainerOptionInvalid, message, target);
}
