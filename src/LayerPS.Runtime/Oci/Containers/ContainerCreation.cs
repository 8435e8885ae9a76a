using LayerPS.Cgroups;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Monitor;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Configuration;
using LayerPS.Runtime.Oci.Hooks;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Makes a container of a bundle, up to the point at which its command is executed.</summary>
internal sealed class ContainerCreation(GlobalOptions global, OciLog log)
{
    /// <returns>Its first process, a child of this one.</returns>
    /// <exception cref="OciException">It cannot be made; nothing is left of it.</exception>
    internal int Create(string id, CreationOptions options)
    {
        string bundle = Path.GetFullPath(options.Bundle);
        ThreadDirectory.Change(bundle);
        (byte[] json, RuntimeSpec spec) = SpecificationFile.Read(bundle);
        SpecificationCheck.Check(spec, log.Warn);
        CheckTerminal(spec, options);
        PreservedDescriptors.Check(options.PreservedDescriptors);

        ContainerRecord record = new()
        {
            Id = id,
            OciVersion = spec.OciVersion,
            Bundle = bundle,
            Rootfs = Path.GetFullPath(spec.Root.Path),
            CgroupPath = CgroupLocation.Of(spec.Linux.CgroupsPath, id, global.SystemdCgroup),
            CreatorPid = Environment.ProcessId,
            CreatorStartTime = ProcessHandle.StartTimeOf(Environment.ProcessId) ?? 0,
            Created = DateTimeOffset.UtcNow,
        };
        ContainerCgroup cgroup = new(CgroupHierarchy.OnThisHost(), record.CgroupPath);
        ContainerDirectory directory = ContainerDirectory.Create(global.Root, id);
        try
        {
            // What is in it is ended with the container.
            if (cgroup.Processes().Count > 0)
                throw new OciException($"linux.cgroupsPath: the cgroup '{record.CgroupPath}' is not empty.");
            directory.WriteConfiguration(json);
            directory.Write(record);
            SeccompFilter.Write(spec.Linux.Seccomp, directory, global.Root);
        }
        catch
        {
            directory.Remove();
            throw;
        }

        int pid = 0;
        try
        {
            cgroup.Create();
            ResourceRules.Apply(spec.Linux.Resources, cgroup);
            if (spec.Linux.Resources?.Devices is { } rules) cgroup.LimitDevices(ResourceRules.DevicesOf(rules));
            pid = Start(spec, options, directory, cgroup, ref record);
            if (options.PidFile is { } file) AtomicFile.Write(file, System.Text.Encoding.ASCII.GetBytes($"{pid}"), durable: false);
            directory.Write(record with { Ready = true });
            return pid;
        }
        catch
        {
            if (pid > 0)
            {
                _ = LibC.kill(pid, LibC.SIGKILL);
                _ = ChildStatus.Wait(pid);
            }

            ContainerDeletion.Clear(directory, record, cgroup, log.Warn);
            throw;
        }
    }

    private static int Start(
        RuntimeSpec spec, CreationOptions options, ContainerDirectory directory, ContainerCgroup cgroup, ref ContainerRecord record)
    {
        bool hooked = spec.Hooks is { } hooks && (hooks.Prestart.Count > 0 || hooks.CreateRuntime.Count > 0);
        (int gate, int gateEnd) = hooked ? LocalSockets.Pair() : (StageArguments.None, StageArguments.None);
        (int report, int reportEnd) = Descriptors.Pipe();
        int console = spec.Process.Terminal ? options.Console ?? LocalSockets.Connect(options.ConsoleSocket!) : StageArguments.None;
        var arguments = new StageArguments(InitProcess.Name)
        {
            Report = reportEnd, Input = 0, Output = 1, Error = 2, Console = console, Gate = gateEnd,
            Filter = spec.Linux.Seccomp is null ? StageArguments.None : Descriptors.Open(directory.Filter, LibC.O_RDONLY),
            Preserved = options.PreservedDescriptors,
            NoPivot = options.NoPivot,
            CgroupPath = record.CgroupPath,
            StateDirectory = directory.Path,
        };
        int pid;
        using (JoinedNamespaces.Enter(spec.Linux.Namespaces))
            pid = StageProcess.Start(arguments, JoinedNamespaces.FlagsOf(spec.Linux.Namespaces), cgroup);
        foreach (int passed in (ReadOnlySpan<int>)[reportEnd, console, gateEnd, arguments.Filter])
        {
            if (passed >= 0) Descriptors.Close(passed);
        }

        record = record with { Pid = pid, PidStartTime = ProcessHandle.StartTimeOf(pid) ?? 0 };
        directory.Write(record);
        StartFailure? failure = null;
        try
        {
            if (hooked) RunHooks(spec, record, gate);
        }
        catch
        {
            _ = LibC.kill(pid, LibC.SIGKILL);
            _ = ChildStatus.Wait(pid);
            throw;
        }

        failure = StageProcess.ReadReport(report);
        if (failure is null) return pid;
        _ = ChildStatus.Wait(pid);
        throw StartRefusal.Of(failure);
    }

    private static void RunHooks(RuntimeSpec spec, ContainerRecord record, int gate)
    {
        // The stage failed before it came so far when it says nothing.
        Span<byte> ready = stackalloc byte[1];
        if (Descriptors.Read(gate, ready) == 0) return;
        byte[] state = StateDocument.Write(new ContainerDescription
        {
            OciVersion = spec.OciVersion, Id = record.Id, Status = "creating", Pid = record.Pid, Bundle = record.Bundle,
            Annotations = spec.Annotations, RootFileSystem = record.Rootfs,
        });
        HookRun.RunAll("prestart", spec.Hooks!.Prestart, state);
        HookRun.RunAll("createRuntime", spec.Hooks.CreateRuntime, state);
        Descriptors.WriteAll(gate, ready);
        Descriptors.Close(gate);
    }

    private static void CheckTerminal(RuntimeSpec spec, CreationOptions options)
    {
        bool receives = options.ConsoleSocket is not null || options.Console is not null;
        if (spec.Process.Terminal && !receives)
            throw new OciException("process.terminal: a container that is not in the foreground needs --console-socket for its terminal.");
        if (!spec.Process.Terminal && options.ConsoleSocket is not null)
            throw new OciException("--console-socket: the configuration has no process.terminal.");
    }
}
