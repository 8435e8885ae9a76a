using LayerPS.Containers;
using LayerPS.Dockerfiles;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>RUN: a container of the image so far changes its writable layer, which becomes the next layer.</summary>
internal sealed class RunStep : IBuildLayer, IDisposable
{
    private const int ShownLines = 10;

    private readonly ImageBuild _build;
    private readonly StageState _state;
    private readonly RunInstruction _instruction;
    private readonly IReadOnlyList<string> _command;
    private readonly ContainerNetwork _network;
    private readonly RunMounts _mounts;
    private readonly Queue<string> _last = [];

    private RunStep(
        ImageBuild build, StageState state, RunInstruction instruction, IReadOnlyList<string> command,
        ContainerNetwork network, RunMounts mounts)
    {
        _build = build;
        _state = state;
        _instruction = instruction;
        _command = command;
        _network = network;
        _mounts = mounts;
    }

    public IEnumerable<string> KeyParts => 
        [.. _command, _network.ToString(), .. _state.ArgumentVariables, .. _mounts.KeyParts];

    /// <exception cref="EngineException">DockerfileInvalid, BuildSourceNotFound, BuildSourceRefused.</exception>
    internal static RunStep Make(ImageBuild build, StageState state, RunInstruction run)
    {
        ContainerNetwork network = (run.Network is null ? "default" : state.Expansion.Expand(run.Network)) switch
        {
            "default" => build.Options.Network,
            "host" => ContainerNetwork.Host,
            "none" => ContainerNetwork.None,
            var other => throw run.Network!.Fault($"'{other}' is no network for RUN; default, none and host are"),
        };
        return new RunStep(build, state, run, Command(state, run), network, RunMounts.Make(build, state, run));
    }

    // A script of its own is one argument of the shell; other here-documents are left to the shell.
    private static IReadOnlyList<string> Command(StageState state, RunInstruction run)
    {
        if (!run.IsScript)
        {
            string documents = string.Concat(
                run.HereDocuments.Select(static document => $"\n{document.Content}{document.Name}"));
            return run.Command.IsShell ? [.. state.Shell, run.Command.Words[0] + documents] : run.Command.Words;
        }

        string script = run.HereDocuments[0].Content;
        if (!script.StartsWith("#!", StringComparison.Ordinal)) return [.. state.Shell, script];
        // The interpreter that it names reads it from a file that is gone when it ends.
        const string Run = "f=$(mktemp) && printf %s \"$1\" >\"$f\" && chmod 700 \"$f\" && \"$f\"; r=$?; rm -f \"$f\"; exit $r";
        return ["/bin/sh", "-c", Run, "sh", script];
    }

    public StagedLayer Make()
    {
        if (_state.Image is null) throw _instruction.Fault("RUN needs a program; the stage has no files so far");
        ContainerCollection containers = new(_build.Layout);
        using LaidMounts mounts = _mounts.Lay();
        Container container = containers.Create(
            _state.Image,
            new ContainerOptions
            {
                Entrypoint = [], Command = mounts.Around(_command), Network = _network, Mounts = mounts.Mounts,
                IsBuildStep = true,
                Environment = [.. _build.Arguments.ProxyVariables, .. _state.ArgumentVariables],
            },
            _build.Stop);
        bool keep = false;
        try
        {
            ContainerExit exit = containers.Run(container, Write, _build.Stop);
            keep = _build.Options.KeepFailed && exit.ExitCode != 0;
            if (exit.ExitCode != 0 || exit.ExitReason != ContainerExitReason.Exited) throw Failure(exit, keep);
            return WritableLayer.Stage(_build, container.UpperPath, container.Parent);
        }
        finally
        {
            if (!keep) containers.Remove(container, force: true, cancellationToken: CancellationToken.None);
        }
    }

    public void Dispose() => _mounts.Dispose();

    private void Write(ContainerLogEntry entry)
    {
        if (_last.Count == ShownLines) _last.Dequeue();
        _last.Enqueue(entry.Text);
        _build.Options.Output?.Invoke(entry);
    }

    private EngineException Failure(ContainerExit exit, bool kept)
    {
        string how = exit.Error is { } error ? $"could not be started: {error}"
            : exit.Signal != 0 ? $"was ended by signal {exit.Signal}"
            : $"ended with exit code {exit.ExitCode}";
        string lines = _last.Count == 0 ? "" : $"{Environment.NewLine}Its last lines:{Environment.NewLine}  "
            + string.Join($"{Environment.NewLine}  ", _last);
        string place = _instruction.Line.File.Place(_instruction.At);
        return new EngineException(
            EngineErrors.BuildStepFailed, $"{place}: the step '{_instruction.Text}' {how}.{lines}",
            kept ? exit.Container : _instruction.Text,
            kept ? $"Look into the container '{exit.Container}'; then remove it with Remove-Container." : null);
    }
}
