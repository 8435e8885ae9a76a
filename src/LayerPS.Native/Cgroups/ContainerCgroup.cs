using System.Globalization;
using System.Text;
using LayerPS.Linux;
using Tmds.Linux;

namespace LayerPS.Cgroups;

/// <summary>A container's cgroup: the same path in every hierarchy of the host, version 1, 2 or both.</summary>
internal sealed class ContainerCgroup
{
    private const string UsualParent = "/layerps";
    private const long KillPatience = 2000; // milliseconds; what the kernel cannot end outlives it

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
    /// <param name="parent">The one above it, where that was asked for.</param>
    /// <param name="id">The container's id.</param>
    internal static string PathOf(string? parent, string id) => $"{parent ?? UsualParent}/{id}";

    private string Parent => Path.GetDirectoryName(_path)!;

    /// <summary>Makes the directory of version 2 alone, for a process to be born into while the others are made.</summary>
    /// <inheritdoc cref="Create()"/>
    internal void CreateBirthplace()
    {
        if (_hierarchies.Find(static h => h.Version == 2) is { } second) Create(second);
    }

    /// <summary>Makes the directories; one that is there already is taken over.</summary>
    /// <exception cref="IOException">A hierarchy is mounted read-only, or has no room.</exception>
    internal void Create()
    {
        foreach (CgroupHierarchy hierarchy in _hierarchies) Create(hierarchy);
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

    /// <summary>
    /// Opens what a process writes "0" to in order to become a member in the version 1 hierarchies, for one that has no
    /// right to open it itself.
    /// </summary>
    internal int[] OpenVersionOneTasks() =>
        [.. _hierarchies.Where(static hierarchy => hierarchy.Version == 1)
            .Select(hierarchy => Descriptors.Open($"{hierarchy.MountPoint}{_path}/tasks", LibC.O_WRONLY))];

    /// <summary>Where a controller is; null where this host, or the cgroup, does not have it.</summary>
    /// <param name="controller">Its name in version 1.</param>
    /// <param name="second">Its name in version 2, where that is another one.</param>
    internal CgroupDirectory? Find(string controller, string? second = null)
    {
        if (_hierarchies.Find(h => h.Controllers.Contains(controller)) is { } first)
            return new CgroupDirectory(first.MountPoint + _path, 1);
        if (VersionTwoDirectory is not { } path) return null;
        CgroupDirectory directory = new(path, 2);
        bool isThere = directory.ReadLines("cgroup.controllers").Any(line => line.Split(' ').Contains(second ?? controller));
        return isThere ? directory : null;
    }

    /// <summary>As <see cref="Find"/>, for what must be there.</summary>
    /// <exception cref="IOException">There is no such controller.</exception>
    internal CgroupDirectory Require(string controller, string second)
    {
        if (Find(controller, second) is { } found) return found;
        if (_hierarchies.Find(static h => h.Version == 2) is { } hierarchy) hierarchy.HandDown(Parent);
        return Find(controller, second) ?? throw new IOException(
            $"This machine has no cgroup controller '{controller}', neither in version 1 nor, as '{second}', in version 2.");
    }

    /// <summary>How many of its processes the kernel has killed as there was no memory left for them.</summary>
    internal long OutOfMemoryKills() =>
        Find("memory") is { } memory ? memory.TryReadNumber(memory.IsSecond ? "memory.events" : "memory.oom_control", "oom_kill") ?? 0 : 0;

    /// <summary>Where the processor time is counted, which version 2 does without a controller.</summary>
    internal CgroupDirectory? FindCpuTime() =>
        Find("cpuacct") ?? (VersionTwoDirectory is { } path ? new CgroupDirectory(path, 2) : null);

    /// <summary>Its members, by their numbers on the host; none where it is not there.</summary>
    internal IReadOnlyList<int> Processes()
    {
        foreach (CgroupHierarchy hierarchy in _hierarchies)
        {
            string directory = hierarchy.MountPoint + _path;
            if (Directory.Exists(directory)) return [.. ProcessesIn(directory)];
        }

        return [];
    }

    // A container can have made cgroups below its own.
    private static IEnumerable<int> ProcessesIn(string directory) =>
        new CgroupDirectory(directory, 0).ReadLines("cgroup.procs").Select(static pid => int.Parse(pid, CultureInfo.InvariantCulture))
            .Concat(CgroupDirectory.Below(directory).SelectMany(ProcessesIn));

    /// <summary>Limits what its members may do with devices.</summary>
    /// <exception cref="IOException">The kernel refuses a rule, or can limit no devices.</exception>
    internal void LimitDevices(IReadOnlyList<DeviceRule> rules)
    {
        if (_hierarchies.Find(static h => h.Version == 1 && h.Controllers.Contains("devices")) is { } first)
        {
            foreach (DeviceRule rule in rules)
                Write($"{first.MountPoint}{_path}/devices.{(rule.Allow ? "allow" : "deny")}", rule.ToString());
        }
        else if (VersionTwoDirectory is { } second)
        {
            int directory = Descriptors.Open(second, LibC.O_RDONLY | LibC.O_DIRECTORY);
            try
            {
                CgroupProgram.AttachToDevices(DeviceFilter.Assemble(rules), directory);
            }
            finally
            {
                Descriptors.Close(directory);
            }
        }
        else
        {
            throw new IOException("This machine has no cgroup hierarchy that limits devices: neither devices of version 1 nor version 2.");
        }
    }

    /// <summary>Ends all its members, and waits until they have; not for those that even SIGKILL does not end soon.</summary>
    internal void Kill()
    {
        string? atOnce = VersionTwoDirectory is { } directory ? directory + "/cgroup.kill" : null;
        if (!File.Exists(atOnce)) atOnce = null;
        if (atOnce is not null) Write(atOnce, "1");
        // One that was about to start another may have done so before it was ended.
        long limit = Environment.TickCount64 + KillPatience;
        while (Environment.TickCount64 < limit && Processes() is { Count: > 0 } members) End(members, atOnce is null, limit);
    }

    /// <summary>
    /// Removes the directories. Their parent stays for the next container: to make and furnish it costs as much as all else
    /// in here.
    /// </summary>
    internal void Remove()
    {
        foreach (CgroupHierarchy hierarchy in _hierarchies) Remove(hierarchy.MountPoint + _path);
    }

    private static void Remove(string directory)
    {
        if (Directories.TryRemove(directory)) return;
        foreach (string below in CgroupDirectory.Below(directory)) Remove(below);
        _ = Directories.TryRemove(directory);
    }

    private void End(IReadOnlyList<int> members, bool kill, long limit)
    {
        List<ProcessHandle> held = [.. members.Select(Hold).OfType<ProcessHandle>()];
        if (kill)
        {
            foreach (ProcessHandle process in held) _ = process.Signal(LibC.SIGKILL);
        }

        foreach (ProcessHandle process in held)
        {
            using (process)
            {
                long rest = Math.Max(limit - Environment.TickCount64, 0);
                _ = process.WaitForExit(TimeSpan.FromMilliseconds(rest), CancellationToken.None);
            }
        }
    }

    // What is still a member when it is held cannot be a stranger that got the same number.
    private ProcessHandle? Hold(int member)
    {
        if (ProcessHandle.StartTimeOf(member) is not { } start) return null;
        ProcessHandle? process = ProcessHandle.TryOpen(member, start);
        if (process is null || Processes().Contains(member)) return process;
        process.Dispose();
        return null;
    }

    private void Create(CgroupHierarchy hierarchy)
    {
        string directory = hierarchy.MountPoint + _path;
        while (true)
        {
            try
            {
                Directories.Make(directory, Convert.ToUInt32("755", 8));
                return;
            }
            catch (LinuxException failure) when (failure.Errno == LibC.EEXIST)
            {
                return;
            }
            catch (LinuxException failure) when (failure.Errno == LibC.ENOENT)
            {
                CreateParent(hierarchy);
            }
        }
    }

    private void CreateParent(CgroupHierarchy hierarchy)
    {
        string parent = hierarchy.MountPoint;
        foreach (string part in Parent.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            parent += '/' + part;
            bool isNew = !Directory.Exists(parent);
            Directory.CreateDirectory(parent);
            if (isNew && hierarchy.Controllers.Contains("cpuset")) FurnishCpuset(hierarchy, parent);
        }

        if (hierarchy.Version == 2) hierarchy.HandDown(Parent);
        if (hierarchy.Controllers.Contains("cpuset")) File.WriteAllText(Path.Combine(parent, "cgroup.clone_children"), "1");
    }

    // A new version 1 cpuset is empty and takes no process (cpusets(7)), unless its parent says that children copy it.
    private static void FurnishCpuset(CgroupHierarchy hierarchy, string directory)
    {
        foreach (string file in (ReadOnlySpan<string>)["cpuset.cpus", "cpuset.mems"])
            File.WriteAllText(Path.Combine(directory, file), File.ReadAllText(Path.Combine(hierarchy.MountPoint, file)));
    }

    private void JoinTasks(CgroupHierarchy hierarchy) => Write($"{hierarchy.MountPoint}{_path}/tasks", "0");

    private static void Write(string path, string text)
    {
        int file = Descriptors.Open(path, LibC.O_WRONLY);
        try
        {
            Descriptors.WriteAll(file, Encoding.ASCII.GetBytes(text));
        }
        finally
        {
            Descriptors.Close(file);
        }
    }
}
