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

    protected override void Become()
    {
        Step = "reading config.json";
        HandedFiles? handed = Arguments.Files == StageArguments.None ? null : new HandedFiles(Arguments.Files);
        RuntimeSpec spec = RuntimeSpecReader.Read(handed is null
            ? SmallFile.Read(ContainerFiles.Configuration)
            : SmallFile.ReadAndClose(handed.Receive()));
        // Those that are shared are furnished, and this process is in them.
        HashSet<string> namespaces = [.. spec.Linux.Namespaces.Where(static n => n.Path is null).Select(static n => n.Type)];

        // With users of its own it has no right to, and joined it before it had them.
        if (handed is null && spec.Linux.CgroupsPath is { } cgroup) JoinCgroup(cgroup);
        if (namespaces.Contains("cgroup")) Namespaces.Unshare(LibC.CLONE_NEWCGROUP);

        SetOutOfMemoryScore(spec.Process);

        Step = "setting up the network namespace";
        if (namespaces.Contains("network")) Namespaces.RaiseLoopback();

        Step = "setting the host name";
        if (spec.Hostname is { } name && namespaces.Contains("uts")) Namespaces.SetHostName(name);

        Step = "mounting the file systems";
        RootFileSystem.Enter(spec, handed);

        if (handed is not null && spec.Linux.CgroupsPath is not null) AwaitCgroup();

        Step = "making the terminal";
        int? terminal = spec.Process.Terminal ? ContainerTerminal.Make(spec.Process.ConsoleSize, Arguments.Console) : null;

        Execute(
            spec.Process, spec.Annotations.GetValueOrDefault(RuntimeSpec.UserAnnotation), diesWithParent: true, terminal);
    }
}
