using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// A process on its way to become a command inside a container. What it still is on the way, it tells when it fails:
/// the step and the reason, through a pipe.
/// </summary>
internal abstract class ContainerStage(StageArguments arguments)
{
    private const uint DefaultUmask = 18; // ----w--w-

    /// <summary>What is being done, for the message of a failure.</summary>
    protected string Step { get; set; } = "starting";

    protected StageArguments Arguments => arguments;

    /// <summary>Where a failure is told.</summary>
    protected int Report { get; set; } = arguments.Report;

    /// <summary>Returns only when it failed; whoever started it has the reason then.</summary>
    internal int Run()
    {
        StartFailure failure;
        try
        {
            Descriptors.CloseOnExecute(arguments.Report);
            // What runs in the container already must not reach what this process still has of the host.
            ProgramExecution.DenyDump();
            Become();
            return 0;
        }
        catch (StartException e)
        {
            failure = new StartFailure(e.ExitCode, e.Message);
        }
        catch (Exception e)
        {
            failure = new StartFailure(StartFailure.RuntimeFailed, $"{Step}: {e.Message}");
        }

        Descriptors.WriteAll(Report, failure.ToBytes());
        return failure.ExitCode;
    }

    /// <summary>Goes inside and becomes the command.</summary>
    protected abstract void Become();

    /// <summary>Waits until whoever started this process has furnished the cgroup, and joins it.</summary>
    protected void JoinCgroup(string path)
    {
        AwaitCgroup();
        new ContainerCgroup(CgroupHierarchy.OnThisHost(), path).JoinVersionOne();
    }

    /// <summary>Waits until whoever started this process has furnished the cgroup.</summary>
    protected void AwaitCgroup()
    {
        Step = "joining the cgroup";
        if (arguments.Furnished != StageArguments.None && Descriptors.Read(arguments.Furnished, stackalloc byte[1]) == 0)
            throw new InvalidOperationException("Whoever started this process has ended.");
    }

    /// <summary>To be done while the host's /proc is there.</summary>
    protected void SetOutOfMemoryScore(RuntimeProcess process)
    {
        if (process.OomScoreAdj is not { } score) return;
        Step = "setting the score of the out-of-memory killer";
        KernelParameters.SetOutOfMemoryScore(score);
    }

    /// <summary>The last steps, inside the container's root: its user, its directory, its rights, its command.</summary>
    /// <param name="process">What is executed.</param>
    /// <param name="writtenUser">The user as the person wrote it; it wins over the numbers in the process.</param>
    /// <param name="diesWithParent">The kernel kills it when the thread that started this process ends.</param>
    /// <param name="terminal">What it has for its three standard streams; null for those that it was handed.</param>
    protected void Execute(RuntimeProcess process, string? writtenUser, bool diesWithParent, int? terminal = null)
    {
        Step = "setting the identity of the process";
        ContainerUser user = ContainerUser.Resolve(process.User, writtenUser);
        foreach (RuntimeLimit limit in process.Rlimits) Limit(limit);
        IReadOnlyList<string> environment = user.AddHome(process.Env);
        EnterWorkingDirectory(process.Cwd);
        _ = LibC.umask((mode_t)(process.User.Umask ?? DefaultUmask));
        if (terminal is { } own) ContainerTerminal.Take(own, user.Uid);
        RedirectStandardStreams(terminal);
        BecomeUser(process, user, environment);

        if (diesWithParent) DieWithParent();

        Step = "executing the command";
        ProgramExecution.ResetSignals();
        CommandLookup.Execute(process.Args, environment);
    }

    /// <summary>Called when all is done that the configuration says, and before the rights go that loading a filter takes.</summary>
    protected virtual void BeReady(RuntimeProcess process, IReadOnlyList<string> environment)
    {
    }

    /// <summary>Has the kernel kill this process when the thread that started it ends.</summary>
    protected void DieWithParent()
    {
        ProgramExecution.DieWithParent();
        // Nobody reads the report any more when the parent was gone before the kernel knew.
        if (DescriptorPoll.Wait([arguments.Report], TimeSpan.Zero, CancellationToken.None))
            throw new InvalidOperationException("Whoever started this process has ended.");
    }

    private void RedirectStandardStreams(int? terminal)
    {
        Descriptors.Duplicate(terminal ?? arguments.Input, 0);
        Descriptors.Duplicate(terminal ?? arguments.Output, 1);
        Descriptors.Duplicate(terminal ?? arguments.Error, 2);
        NullDevice.ReplaceIn([0, 1, 2]);
        Descriptors.CloseFromOnExecute(3 + arguments.Preserved);
    }

    private void BecomeUser(RuntimeProcess process, ContainerUser user, IReadOnlyList<string> environment)
    {
        RuntimeCapabilities sets = process.Capabilities ?? new RuntimeCapabilities();
        // What this process does not have it cannot give; whoever wrote the configuration was told so.
        ulong held = Capabilities.GetEffective();
        ulong MaskOf(IReadOnlyList<string> names) => Capabilities.MaskOf(names) & held;
        Capabilities.LimitBounding(MaskOf(sets.Bounding));
        Capabilities.KeepOverUserChange();
        ProgramExecution.SetUser(user.Uid, user.Gid, user.Groups);
        BeReady(process, environment);
        LoadFilter();
        ulong permitted = MaskOf(sets.Permitted), inheritable = MaskOf(sets.Inheritable);
        // The kernel has none that is not in both, see capabilities(7); there are engines that ask for it anyhow.
        Capabilities.Set(MaskOf(sets.Effective), permitted, inheritable, MaskOf(sets.Ambient) & permitted & inheritable);
        if (process.NoNewPrivileges) ProgramExecution.DenyNewPrivileges();
    }

    // As late as can be, so that it need not allow what this stage does; but the right to load it goes with the next step.
    private void LoadFilter()
    {
        if (arguments.Filter == StageArguments.None) return;
        byte[] program = SmallFile.ReadAndClose(arguments.Filter);
        Capabilities.Raise();
        SeccompProgram.Load(program);
    }

    private static void Limit(RuntimeLimit limit)
    {
        try
        {
            ResourceLimits.Set(limit.Type, limit.Soft, limit.Hard);
        }
        catch (LinuxException failure) when (failure.Errno == LibC.EPERM)
        {
            throw new StartException(
                StartFailure.RuntimeFailed,
                $"The limit {UlimitText.NameOf(limit.Type)}={limit.Soft}:{limit.Hard} is above that of this session, " +
                $"{ResourceLimits.Get(limit.Type).Hard}, which only one with CAP_SYS_RESOURCE can raise.");
        }
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

        // A name like /proc/self/fd/7 can lead to what is open here and lies outside (CVE-2024-21626).
        if (!ThreadDirectory.IsBelowRoot())
            throw new StartException(StartFailure.RuntimeFailed, $"The working directory '{path}' is not in the container.");
    }
}
