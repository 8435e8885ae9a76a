using System.Globalization;
using System.Text;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Monitor;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Configuration;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Executes a further command in a container that runs.</summary>
internal sealed class ContainerExecution(GlobalOptions global, OciLog log)
{
    // No exit code of a command's own; engines know it from other runtimes.
    private const int NotStarted = 255;

    /// <returns>How the command ended, as shells have it; 0 for one that goes on by itself.</returns>
    /// <exception cref="OciException">The container does not run; the command cannot be executed.</exception>
    internal int Run(string id, ExecutionOptions options)
    {
        OciContainer container = OciContainer.Read(global.Root, id);
        container.Require("execute a command in", ContainerStatus.Running);
        RuntimeSpec spec = container.Directory.ReadConfiguration();
        RuntimeProcess process = options.Process(spec.Process);
        ProcessCheck.Check(process, log.Warn);
        PreservedDescriptors.Check(options.PreservedDescriptors);
        bool relays = process.Terminal && options.ConsoleSocket is null;
        if (relays && options.Detached)
            throw new OciException("process.terminal: a command that is not in the foreground needs --console-socket for its terminal.");

        (int own, int passed) = relays ? LocalSockets.Pair() : (StageArguments.None, StageArguments.None);
        if (process.Terminal && options.ConsoleSocket is { } socket) passed = LocalSockets.Connect(socket);
        int pid = Start(PlanOf(container, spec, process, options.User), passed, options.PreservedDescriptors);
        if (options.PidFile is { } file)
            AtomicFile.Write(file, Encoding.ASCII.GetBytes(pid.ToString(CultureInfo.InvariantCulture)), durable: false);
        return options.Detached ? 0 : Await(pid, relays ? LocalSockets.ReceiveDescriptor(own) : null);
    }

    private static ExecutionPlan PlanOf(OciContainer container, RuntimeSpec spec, RuntimeProcess process, string? user) => new()
    {
        Process = process,
        User = user,
        Pid = container.Record!.Pid,
        PidStartTime = container.Record.PidStartTime,
        Namespaces = [.. spec.Linux.Namespaces.Select(static entry => entry.Type)],
        CgroupPath = container.Record.CgroupPath,
        Seccomp = File.Exists(container.Directory.Filter) ? container.Directory.Filter : null,
    };

    private static int Start(ExecutionPlan plan, int console, int preserved)
    {
        StageArguments arguments = new(JoinProcess.Name)
        {
            Report = StageArguments.None, Input = 0, Output = 1, Error = 2, Console = console, Preserved = preserved,
        };
        // Back again in its own, it can start threads, as passing signals on does.
        int own = Descriptors.Open("/proc/self/ns/pid", LibC.O_RDONLY);
        int pid = JoinStage.Start(plan, plan.ToLine(), arguments, () => Close(console), out StartFailure? failure);
        Namespaces.Join(own, LibC.CLONE_NEWPID);
        Descriptors.Close(own);
        return failure is null ? pid : throw StartRefusal.Of(failure, NotStarted);
    }

    private static int Await(int pid, int? terminal)
    {
        using PassedSignals signals = new(pid);
        if (terminal is { } master) new ForegroundTerminal(master).Relay(pid);
        return ChildStatus.ExitCodeOf(ChildStatus.Wait(pid));
    }

    private static void Close(int console)
    {
        if (console != StageArguments.None) Descriptors.Close(console);
    }
}
