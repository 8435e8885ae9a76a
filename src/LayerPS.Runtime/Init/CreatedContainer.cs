using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Oci.Containers;
using LayerPS.Runtime.Oci.Hooks;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Runtime.Init;

/// <summary>
/// What the init stage has to do with whoever creates and starts a container by two commands (runtime-spec, runtime.md,
/// "Lifecycle"). The stage listens on a socket in the container's directory from the time that it still sees that: the
/// connection is the command to start, and what comes back over it is how that went. No path means anything any more by then.
/// </summary>
internal sealed class CreatedContainer
{
    private readonly StageArguments _arguments;
    private readonly string _directory;
    private readonly string _bundle = Environment.CurrentDirectory;
    private readonly int _listener;

    internal CreatedContainer(StageArguments arguments)
    {
        (_arguments, _directory) = (arguments, arguments.StateDirectory!);
        Configuration = ContainerDirectory.ReadConfiguration(_directory);
        // The name of a socket is short, and that of the directory may not be.
        using SafeFileHandle opened = FileTree.OpenDirectory(_directory);
        _listener = LocalSockets.Listen($"/proc/self/fd/{opened.Number()}/{ContainerDirectory.StartSocketName}");
    }

    /// <summary>As it was when the container was created.</summary>
    internal RuntimeSpec Configuration { get; }

    /// <summary>Enters the namespaces of other processes that only a process itself can enter.</summary>
    internal void JoinNamespaces()
    {
        foreach (RuntimeNamespace joined in Configuration.Linux.Namespaces)
        {
            if (joined is not { Type: "mount" or "cgroup", Path: { } path }) continue;
            int descriptor = Descriptors.Open(path, LibC.O_RDONLY);
            // That of mounts takes only a thread that shares its current directory with no other, see setns(2).
            if (joined.Type == "mount") Namespaces.Unshare(LibC.CLONE_FS);
            Namespaces.Join(descriptor, Namespaces.FlagOf(joined.Type));
            Descriptors.Close(descriptor);
        }

        ThreadDirectory.Change(_bundle);
    }

    /// <summary>
    /// Has whoever creates the container run the hooks of its side, and then runs those of this side. The mounts are made and
    /// the root is not entered.
    /// </summary>
    internal void AwaitHooks()
    {
        if (_arguments.Gate != StageArguments.None)
        {
            Descriptors.WriteAll(_arguments.Gate, [1]);
            Span<byte> answer = stackalloc byte[1];
            if (Descriptors.Read(_arguments.Gate, answer) == 0)
                throw new InvalidOperationException("Whoever creates the container has ended.");
            Descriptors.Close(_arguments.Gate);
        }

        if (Configuration.Hooks is not { CreateContainer.Count: > 0 } hooks) return;
        Descriptors.CloseFromOnExecute(3 + _arguments.Preserved);
        HookRun.RunAll("createContainer", hooks.CreateContainer, StateText("creating"));
    }

    /// <summary>Says that all is ready, and sleeps until the command to start comes.</summary>
    /// <param name="report">Where it is said; it is closed.</param>
    /// <returns>Where a failure is told from now on.</returns>
    internal int AwaitStart(int report)
    {
        Descriptors.Close(report);
        int starter = LocalSockets.Accept(_listener);
        Descriptors.Close(_listener);
        return starter;
    }

    /// <summary>Runs what is to run inside the container before its command.</summary>
    internal void RunStartHooks()
    {
        if (Configuration.Hooks is { StartContainer.Count: > 0 } hooks)
            HookRun.RunAll("startContainer", hooks.StartContainer, StateText("created"));
    }

    private byte[] StateText(string status) => StateDocument.Write(new ContainerDescription
    {
        Id = Path.GetFileName(_directory),
        OciVersion = Configuration.OciVersion,
        Status = status,
        Pid = Environment.ProcessId,
        Bundle = _bundle,
        Annotations = Configuration.Annotations,
    });
}
