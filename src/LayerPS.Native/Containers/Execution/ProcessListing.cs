using System.Globalization;
using LayerPS.Cgroups;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>The processes of a running container, from its cgroup and from /proc.</summary>
internal sealed class ProcessListing(StoreLayout layout)
{
    // Of the times in /proc, see proc_pid_stat(5); the same on every machine that .NET runs on.
    private const long TicksPerSecond = 100;

    private const int KibiByte = 1024;
    private const int UserTimeField = 14, SystemTimeField = 15, FirstFieldAfterName = 3;

    /// <exception cref="EngineException">ContainerNotFound, ContainerNotRunning.</exception>
    internal IEnumerable<ContainerProcess> List(Container container)
    {
        container = new ContainerReader(layout).Read(container);
        ContainerStateRules.Require(container, ContainerAction.Signal);
        ContainerCgroup cgroup = new(CgroupHierarchy.OnThisHost(), container.CgroupPath);
        return cgroup.Processes().Order().Select(pid => TryRead(container.Name, pid)).OfType<ContainerProcess>();
    }

    /// <summary>One of them; null for one that ended meanwhile.</summary>
    internal static ContainerProcess? TryRead(string container, int pid)
    {
        string directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/");
        try
        {
            Dictionary<string, string> status = File.ReadLines(directory + "status")
                .Select(static line => line.Split(':', 2)).ToDictionary(static pair => pair[0], static pair => pair[1].Trim());
            string command = File.ReadAllText(directory + "cmdline").TrimEnd('\0').Replace('\0', ' ');
            return new ContainerProcess
            {
                Container = container,
                Pid = pid,
                ContainerPid = (int)Number(status["NSpid"].Split('\t')[^1]),
                Uid = (uint)Number(status["Uid"].Split('\t')[0]),
                Cpu = CpuTimeOf(File.ReadAllText(directory + "stat")),
                Memory = status.TryGetValue("VmRSS", out string? resident) ? Number(resident.Split(' ')[0]) * KibiByte : 0,
                Command = command.Length > 0 ? command : $"[{status["Name"]}]",
            };
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static TimeSpan CpuTimeOf(string stat)
    {
        // The name may hold blanks and brackets; fields count from the last bracket on.
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        long ticks = Number(fields[UserTimeField - FirstFieldAfterName]) + Number(fields[SystemTimeField - FirstFieldAfterName]);
        return TimeSpan.FromTicks(ticks * TimeSpan.TicksPerSecond / TicksPerSecond);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
