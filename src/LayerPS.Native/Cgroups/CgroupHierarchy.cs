namespace LayerPS.Cgroups;

/// <summary>One mounted cgroup hierarchy of the host.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Version">1 or 2, see cgroups(7).</param>
/// <param name="Controllers">The controllers of a version 1 hierarchy; empty for version 2.</param>
internal sealed record CgroupHierarchy(string MountPoint, int Version, IReadOnlyList<string> Controllers)
{
    /// <summary>Every hierarchy that is mounted here, from /proc/self/mountinfo (proc_pid_mountinfo(5)).</summary>
    internal static List<CgroupHierarchy> OnThisHost() => Parse(File.ReadLines("/proc/self/mountinfo"));

    internal static List<CgroupHierarchy> Parse(IEnumerable<string> mountInfo)
    {
        List<CgroupHierarchy> found = [];
        foreach (string line in mountInfo)
        {
            int separator = line.IndexOf(" - cgroup", StringComparison.Ordinal);
            if (separator < 0) continue;

            string[] place = line[..separator].Split(' ');
            string[] source = line[(separator + 3)..].Split(' ');
            bool second = source[0] == "cgroup2";
            string mountPoint = place[4].Replace("\\040", " ", StringComparison.Ordinal);
            if (found.Exists(h => h.MountPoint == mountPoint)) continue;
            found.Add(new CgroupHierarchy(
                mountPoint, second ? 2 : 1, second ? [] : ControllersOf(source[^1])));
        }

        return found;
    }

    private static string[] ControllersOf(string options) =>
        Array.FindAll(options.Split(','), static o => o is not ("rw" or "ro" or "xattr" or "clone_children" or "release_agent"));
}
