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
internal sealed class InitProcess(StageArguments arguments) : ContainerStage(arguments)
{
    internal const string Name = "init";

    private CreatedContainer? _created;

    protected override void Become()
    {
        Step = "reading config.json";
        HandedFiles? handed = Arguments.Files == StageArguments.None ? null : new HandedFiles(Arguments.Files);
        CreatedContainer? created = _created = Arguments.StateDirectory is null ? null : new CreatedContainer(Arguments);
        RuntimeSpec spec = created?.Configuration ?? RuntimeSpecReader.Read(handed is null
            ? SmallFile.Read(ContainerFiles.Configuration)
            : SmallFile.ReadAndClose(handed.Receive()));
        // Those that are shared are furnished, and this process is in them.
        HashSet<string> namespaces = [.. spec.Linux.Namespaces.Where(static n => n.Path is null).Select(static n => n.Type)];

        // Of its own: nothing that is sent to the group of whoever created it is meant for it.
        if (created is not null) _ = LibC.setsid();

        // With users of its own it has no right to, and joined it before it had them.
        if (handed is null && (Arguments.CgroupPath ?? spec.Linux.CgroupsPath) is { } cgroup) JoinCgroup(cgroup);
        if (namespaces.Contains("cgroup")) Namespaces.Unshare(LibC.CLONE_NEWCGROUP);

        SetOutOfMemoryScore(spec.Process);

        Step = "setting up the network namespace";
        if (namespaces.Contains("network")) Namespaces.RaiseLoopback();

        Step = "setting the host name";
        if (spec.Hostname is { } name && namespaces.Contains("uts")) Namespaces.SetHostName(name);
        if (spec.Domainname is { } domain && namespaces.Contains("uts")) Namespaces.SetDomainName(domain);
        created?.JoinNamespaces();

        Step = "mounting the file systems";
        RootFileSystem.Enter(spec, Arguments, handed, created is null ? null : created.AwaitHooks);

        if (handed is not null && spec.Linux.CgroupsPath is not null) AwaitCgroup();

        Step = "making the terminal";
        int? terminal = spec.Process.Terminal ? ContainerTerminal.Make(spec.Process.ConsoleSize, Arguments.Console) : null;

        Execute(
            spec.Process, spec.Annotations.GetValueOrDefault(RuntimeSpec.UserAnnotation), diesWithParent: created is null, terminal);
    }

    protected override void BeReady(RuntimeProcess process, IReadOnlyList<string> environment)
    {
        if (_created is null) return;
        Step = "waiting for the start";
        CommandLookup.Check(process.Args[0], environment);
        Report = _created.AwaitStart(Report);
        _created.RunStartHooks();
    }
}
