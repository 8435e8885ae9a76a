using System.Globalization;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Cgroups;

/// <summary>A container's cgroup: the same path in every hierarchy of the host, version 1, 2 or both.</summary>
internal sealed class ContainerCgroup
{
    private readonly List<CgroupHierarchy> _hierarchies;
    private readonly string _path;

    /// <param name="hierarchies">The hierarchies to be in.</param>
    /// <param name="path">Below each one's mount point, for example <c>/layerps/ID</c>.</param>
    internal ContainerCgroup(List<CgroupHierarchy> hierarchies, string path)
    {
        _hierarchies = hierarchies;
        _path = path;
    }

    /// <summary>The path that a container's cgroup has in every hierarchy.</summary>
    internal static string PathOf(string id) => $"/layerps/{id}";

    private string Parent => Path.GetDirectoryName(_path)!;

    /// <summary>Makes the directories; one that is there already is taken over.</summary>
    /// <exception cref="IOException">A hierarchy is mounted read-only, or has no room.</exception>
    internal void Create()
    {
        foreach (CgroupHierarchy hierarchy in _hierarchies)
        {
            string directory = hierarchy.MountPoint + _path;
            while (true)
            {
                try
                {
                    Directories.Make(directory, Convert.ToUInt32("755", 8));
                    break;
                }
                catch (LinuxException failure) when (failure.Errno == LibC.EEXIST)
                {
                    break;
                }
                catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
                {
                    CreateParent(hierarchy);
                }
            }
        }
    }

    /// <summary>The directory to be born into by CLONE_INTO_CGROUP; null where there is no version 2 hierarchy.</summary>
    internal string? VersionTwoDirectory =>
        _hierarchies.Find(static h => h.Version == 2) is { } hierarchy ? hierarchy.MountPoint + _path : null;

    /// <summary>
    /// Makes the calling thread a member in the version 1 hierarchies. Only a thread that moves itself through
    /// <c>tasks</c> is spared the RCU grace period that a write to <c>cgroup.procs</c> waits for (about 10 ms); what it
    /// executes next is the whole process.
    /// </summary>
    internal void JoinVersionOne()
    {
        foreach (CgroupHierarchy hierarchy in _hierarchies)
        {
            if (hierarchy.Version != 1) continue;
            try
            {
                JoinTasks(hierarchy);
            }
            catch (LinuxException failure) when (failure.Errno == LibC.ENOSPC)
            {
                // Made while another session was furnishing the parent.
                FurnishCpuset(hierarchy, hierarchy.MountPoint + Parent);
                FurnishCpuset(hierarchy, hierarchy.MountPoint + _path);
                JoinTasks(hierarchy);
            }
        }
    }

    /// <summary>Its members, by their numbers on the host; none where it is not there.</summary>
    internal IReadOnlyList<int> Processes()
    {
        foreach (CgroupHierarchy hierarchy in _hierarchies)
        {
            string list = $"{hierarchy.MountPoint}{_path}/cgroup.procs";
            if (File.Exists(list)) return [.. File.ReadLines(list).Select(static pid => int.Parse(pid, CultureInfo.InvariantCulture))];
        }

        return [];
    }

    /// <summary>
    /// Removes the directories. Their parent stays for the next container: to make and furnish it costs as much as all else
    /// in here.
    /// </summary>
    internal void Remove()
    {
        foreach (CgroupHierarchy hierarchy in _hierarchies) _ = Directories.TryRemove(hierarchy.MountPoint + _path);
    }

    private void CreateParent(CgroupHierarchy hierarchy)
    {
        string parent = hierarchy.MountPoint + Parent;
        Directory.CreateDirectory(parent);
        if (!hierarchy.Controllers.Contains("cpuset")) return;
        FurnishCpuset(hierarchy, parent);
        File.WriteAllText(Path.Combine(parent, "cgroup.clone_children"), "1");
    }

    // A new version 1 cpuset is empty and takes no process (cpusets(7)), unless its parent says that children copy it.
    private static void FurnishCpuset(CgroupHierarchy hierarchy, string directory)
    {
        foreach (string file in (ReadOnlySpan<string>)["cpuset.cpus", "cpuset.mems"])
            File.WriteAllText(Path.Combine(directory, file), File.ReadAllText(Path.Combine(hierarchy.MountPoint, file)));
    }

    private void JoinTasks(CgroupHierarchy hierarchy)
    {
        int tasks = Descriptors.Open($"{hierarchy.MountPoint}{_path}/tasks", LibC.O_WRONLY);
        try
        {
            Descriptors.WriteAll(tasks, "0"u8);
        }
        finally
        {
            Descriptors.Close(tasks);
        }
    }
}
