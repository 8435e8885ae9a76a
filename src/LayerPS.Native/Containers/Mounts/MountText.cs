namespace LayerPS.Containers;

/// <summary>Mounts as people write them.</summary>
internal static class MountText
{
    private static readonly string[] Flags = ["ro", "rw", "exec", "noexec", "suid", "nosuid", "dev", "nodev", "noatime"];
    private static readonly string[] Keys = ["size", "mode", "uid", "gid", "nr_inodes"];

    internal static ContainerMount ParseVolume(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length > 3) throw Invalid(text, "it has too many colons");
        bool hasOptions = parts.Length > 1 && IsAccess(parts[^1]);
        if (parts.Length == 3 && !hasOptions)
            throw Invalid(text, $"'{parts[2]}' is no option of a volume; ro and rw are");
        string[] paths = hasOptions ? parts[..^1] : parts;
        string? source = paths.Length == 2 ? paths[0] : null;
        if (source?.Length == 0) throw Invalid(text, "nothing is before its colon");
        bool ofHost = source?.Contains('/', StringComparison.Ordinal) == true;
        return new ContainerMount
        {
            Type = ofHost ? ContainerMountType.Bind : ContainerMountType.Volume,
            Source = source,
            Destination = paths[^1],
            ReadOnly = hasOptions && parts[^1] == "ro",
        };
    }

    internal static ContainerMount ParseTmpFs(string text)
    {
        string[] parts = text.Split(':', 2);
        string[] options = parts.Length == 1 ? [] : parts[1].Split(',');
        foreach (string option in options)
        {
            string[] pair = option.Split('=', 2);
            if (pair.Length == 1 ? Flags.Contains(option) : Keys.Contains(pair[0]) && pair[1].Length > 0) continue;
            string known = string.Join(", ", Keys.Select(static key => key + "=…").Concat(Flags));
            throw Invalid(text, $"'{option}' is no option of a tmpfs; these are: {known}");
        }

        return new ContainerMount
        {
            Type = ContainerMountType.TmpFs,
            Destination = parts[0],
            ReadOnly = options.Contains("ro"),
            Options = [.. options.Where(static option => !IsAccess(option))],
        };
    }

    internal static string Of(ContainerMount mount)
    {
        IEnumerable<string> options = mount.ReadOnly ? mount.Options.Prepend("ro") : mount.Options;
        string text = mount.Source is null ? mount.Destination : $"{mount.Source}:{mount.Destination}";
        return options.Any() ? $"{text}:{string.Join(',', options)}" : text;
    }

    private static bool IsAccess(string option) => option is "ro" or "rw";

    private static EngineException Invalid(string text, string why) => new(
        EngineErrors.ContainerOptionInvalid,
        $"'{text}' cannot be mounted: {why}. Write [source:]destination[:ro] for a volume, " +
        "destination[:size=64m,…] for a file system in memory.", text);
}
