using System.Text.Json;
using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// The init stage: already the first process of the container's new namespaces, it furnishes them step by step and
/// then becomes the container's command. Its current directory is the bundle.
/// </summary>
internal sealed class InitProcess(InitArguments arguments)
{
    private string _step = "starting";

    /// <summary>Returns only when it failed; the monitor has the reason then.</summary>
    internal int Run()
    {
        StartFailure failure;
        try
        {
            Descriptors.CloseOnExecute(arguments.Report);
            Become();
            return 0;
        }
        catch (StartException e)
        {
            failure = new StartFailure(e.ExitCode, e.Message);
        }
        catch (Exception e)
        {
            failure = new StartFailure(StartFailure.RuntimeFailed, $"{_step}: {e.Message}");
        }

        Descriptors.WriteAll(arguments.Report, failure.ToBytes());
        return failure.ExitCode;
    }

    private void Become()
    {
        _step = "reading config.json";
        RuntimeSpec spec = JsonSerializer.Deserialize(SmallFile.Read(ContainerFiles.Configuration), RuntimeJson.Default.RuntimeSpec)
            ?? throw new InvalidDataException("The file is empty.");
        HashSet<string> namespaces = [.. spec.Linux.Namespaces.Select(static n => n.Type)];

        _step = "joining the cgroup";
        if (spec.Linux.CgroupsPath is { } cgroup)
            new ContainerCgroup(CgroupHierarchy.OnThisHost(), cgroup).JoinVersionOne();
        if (namespaces.Contains("cgroup")) Namespaces.Unshare(LibC.CLONE_NEWCGROUP);

        _step = "setting up the network namespace";
        if (namespaces.Contains("network")) Namespaces.RaiseLoopback();

        _step = "setting the host name";
        if (spec.Hostname is { } name && namespaces.Contains("uts")) Namespaces.SetHostName(name);

        _step = "mounting the file systems";
        RootFileSystem.Enter(spec);

        _step = "setting the identity of the process";
        RuntimeProcess process = spec.Process;
        ContainerUser user = ContainerUser.Resolve(process.User, spec.Annotations.GetValueOrDefault(RuntimeSpec.UserAnnotation));
        foreach (RuntimeLimit limit in process.Rlimits) ResourceLimits.Set(limit.Type, limit.Soft, limit.Hard);
        IReadOnlyList<string> environment = user.AddHome(process.Env);
        EnterWorkingDirectory(process.Cwd);
        _ = LibC.umask((mode_t)(process.User.Umask ?? 0x12));
        RedirectStandardStreams();
        BecomeUser(process, user);

        ProgramExecution.DieWithParent();

        _step = "executing the command";
        ProgramExecution.ResetSignals();
        CommandLookup.Execute(process.Args, environment);
    }

    private void RedirectStandardStreams()
    {
        Descriptors.Duplicate(arguments.Input, 0);
        Descriptors.Duplicate(arguments.Output, 1);
        Descriptors.Duplicate(arguments.Error, 2);
        Descriptors.CloseFromOnExecute(3);
    }

    private static void BecomeUser(RuntimeProcess process, ContainerUser user)
    {
        RuntimeCapabilities sets = process.Capabilities ?? new RuntimeCapabilities();
        Capabilities.LimitBounding(Capabilities.MaskOf(sets.Bounding));
        Capabilities.KeepOverUserChange();
        ProgramExecution.SetUser(user.Uid, user.Gid, user.Groups);
        Capabilities.Set(
            Capabilities.MaskOf(sets.Effective), Capabilities.MaskOf(sets.Permitted),
            Capabilities.MaskOf(sets.Inheritable), Capabilities.MaskOf(sets.Ambient));
        if (process.NoNewPrivileges) ProgramExecution.DenyNewPrivileges();
    }

    // A working directory that the image lacks is made, as every engine does.
    private static void EnterWorkingDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            ThreadDirectory.Change(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException(StartFailure.RuntimeFailed, $"The working directory '{path}' cannot be entered: {e.Message}");
        }
    }
}
