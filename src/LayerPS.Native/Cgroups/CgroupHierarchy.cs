using LayerPS.Linux;

namespace LayerPS.Cgroups;

/// <summary>One mounted cgroup hierarchy of the host.</summary>
/// <param name="MountPoint">Where it is mounted.</param>
/// <param name="Version">1 or 2, see cgroups(7).</param>
/// <param name="Controllers">The controllers of a version 1 hierarchy; empty for version 2.</param>
internal sealed record CgroupHierarchy(string MountPoint, int Version, IReadOnlyList<string> Controllers)
{
    // Those with limits, and with what Measure-Container counts.
    private static readonly string[] HandedDown = ["cpu", "cpuset", "io", "memory", "pids"];

    /// <summary>Whether cgroups of it can have that controller.</summary>
    /// <param name="first">Its name in version 1.</param>
    /// <param name="second">Its name in version 2.</param>
    internal bool Offers(string first, string second) => Version == 1
        ? Controllers.Contains(first)
        : ControllersIn(new CgroupDirectory(MountPoint, 2)).Contains(second);

    /// <summary>
    /// Lets the children of a cgroup of version 2 have the controllers that there are (cgroup-v2.rst, "Controlling
    /// Controllers"). Those that another one keeps from it stay away.
    /// </summary>
    /// <param name="path">Below the mount point.</param>
    internal void HandDown(string path)
    {
        string name = "";
        HandDown(new CgroupDirectory(MountPoint, 2));
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            HandDown(new CgroupDirectory(MountPoint + (name += '/' + part), 2));
    }

    private static void HandDown(CgroupDirectory directory)
    {
        foreach (string controller in ControllersIn(directory).Intersect(HandedDown))
        {
            try
            {
                directory.Write("cgroup.subtree_control", '+' + controller);
            }
            catch (LinuxException)
            {
                // Whoever needs it is told that it is not there.
            }
        }
    }

    private static IEnumerable<string> ControllersIn(CgroupDirectory directory) =>
        directory.ReadLines("cgroup.controllers").SelectMany(static line => line.Split(' '));

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
