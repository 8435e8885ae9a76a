using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Sends a signal to a container's first process, or to all (runtime-spec, runtime.md, "Kill").</summary>
internal static class KillCommand
{
    private const string DefaultSignal = "SIGTERM";

    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, ["all a"], []);
        string id = ContainerArgument.First(options, "kill");
        string word = options.Rest.Count > 1 ? options.Rest[1] : DefaultSignal;
        if (!Signals.TryParse(word, out int signal)) throw new OciException($"There is no signal '{word}'.");
        OciContainer container = OciContainer.Read(global.Root, id);
        if (options.Has("all") && container.Cgroup() is { } cgroup && cgroup.Processes() is { Count: > 0 } members)
        {
            foreach (int member in members) Signal(cgroup, member, signal);
            return 0;
        }

        if (!container.IsAlive) throw container.NotRunning();
        using ProcessHandle process = container.OpenProcess();
        if (!process.Signal(signal)) throw container.NotRunning();
        return 0;
    }

    // What is still a member when it is held cannot be a stranger that got the same number.
    private static void Signal(ContainerCgroup cgroup, int member, int signal)
    {
        if (ProcessHandle.StartTimeOf(member) is not { } start) return;
        using ProcessHandle? process = ProcessHandle.TryOpen(member, start);
        if (process is not null && cgroup.Processes().Contains(member)) _ = process.Signal(signal);
    }
}
