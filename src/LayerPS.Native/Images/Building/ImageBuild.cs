using LayerPS.Dockerfiles;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Builds an image of a Dockerfile: the stages of the plan, side by side as far as they can be.</summary>
internal sealed class ImageBuild : IDisposable
{
    private readonly Dictionary<string, SourceTree> _sources = [];
    private readonly Lock _telling = new();
    private StageRuns? _stages;
    private SourceTree? _context;

    internal ImageBuild(StoreLayout layout, BuildOptions options, CancellationToken stop)
    {
        Layout = layout;
        Options = options with
        {
            Step = OneAtATime(options.Step), Output = OneAtATime(options.Output), Detail = OneAtATime(options.Detail),
            Warning = OneAtATime(options.Warning),
        };
        Stop = stop;
        Platform = options.Platform is null ? ImagePlatform.Host : ImagePlatform.Parse(options.Platform);
        Arguments = new BuildArguments(options.Arguments, Platform);
        Cache = new BuildCache(layout);
        Timestamp = options.Timestamp;
    }

    internal StoreLayout Layout { get; }

    internal BuildOptions Options { get; }

    /// <summary>Cancelled when nobody waits any more, or when a stage has failed.</summary>
    internal CancellationToken Stop { get; private set; }

    internal ImagePlatform Platform { get; }

    internal BuildArguments Arguments { get; }

    internal BuildCache Cache { get; }

    internal DateTimeOffset? Timestamp { get; private set; }

    /// <exception cref="EngineException">
    /// DockerfileInvalid, BuildContextNotFound, BuildSourceNotFound, BuildSourceRefused, BuildTargetNotFound,
    /// BuildStepFailed, BuildUnsupported, ImageNotFound, ImageReferenceInvalid, ImagePlatformNotFound.
    /// </exception>
    internal Image Run()
    {
        List<ImageReference> names = [.. Options.Names.Select(static name => ImageReference.ParseName(name)!)];
        Dockerfile file = ReadFile(out string path);
        BuildPlan plan = BuildPlan.Make(file, Arguments, Options.Target);
        Timestamp ??= SourceDate.Of(Options.Arguments);
        if (file.Directives.Syntax is { } syntax)
            Options.Detail?.Invoke($"The file was written for the frontend '{syntax}'; it is built by LayerPS itself.");
        Options.Detail?.Invoke($"The stages: {string.Join("; ", plan.Stages)}.");
        foreach (string unused in plan.Unused) Options.Warning?.Invoke($"No ARG declares the build argument '{unused}'.");
        _context = SourceTree.OfContext(Options.ContextPath, path);
        _stages = new StageRuns(
            plan, stage => new StageBuild(this, stage, plan.Arguments).Run(stage == plan.Target), Stop);
        Stop = _stages.Stop;
        Image image = _stages.Run().Image ?? throw plan.Target.From.Fault(
            "the stage brings no files; an image without layers is not supported");
        foreach (ImageReference name in names) image = new ImageTagger(Layout).Add(image, name, Stop);
        return image;
    }

    /// <summary>How far a stage is when it is done, which this waits for.</summary>
    internal StageState StateOf(BuildStage stage) => _stages!.StateOf(stage);

    /// <summary>What a stage takes files from: the context; or another stage, or an image.</summary>
    internal SourceTree SourceOf(Word? from, BuildStage asking)
    {
        if (from is null) return _context!;
        StageState? stage = _stages!.Find(from.Raw, asking) is { } found ? StateOf(found) : null;
        lock (_sources)
        {
            if (_sources.TryGetValue(from.Raw, out SourceTree? known)) return known;
            Image? image = stage is null ? new ImageResolver(Layout).Resolve(from.Raw) : stage.Image;
            SourceTree tree = image is null
                ? throw from.Fault($"the stage '{from.Raw}' has no files")
                : SourceTree.OfImage(image);
            _sources.Add(from.Raw, tree);
            return tree;
        }
    }

    public void Dispose()
    {
        _context?.Dispose();
        foreach (SourceTree tree in _sources.Values) tree.Dispose();
        _stages?.Dispose();
    }

    private Action<T>? OneAtATime<T>(Action<T>? told)
    {
        if (told is null) return null;
        return value =>
        {
            lock (_telling) told(value);
        };
    }

    private Dockerfile ReadFile(out string path)
    {
        if (!Directory.Exists(Options.ContextPath))
        {
            throw new EngineException(
                EngineErrors.BuildContextNotFound, $"There is no directory '{Options.ContextPath}' to build from.",
                Options.ContextPath);
        }

        path = Options.DockerfilePath ?? Path.Combine(Options.ContextPath, "Dockerfile");
        string other = Path.Combine(Options.ContextPath, "Containerfile");
        if (Options.DockerfilePath is null && !File.Exists(path) && File.Exists(other)) path = other;
        if (!File.Exists(path))
            throw new EngineException(EngineErrors.BuildContextNotFound, $"There is no Dockerfile '{path}'.", path);
        return Dockerfile.Read(Path.GetFileName(path), File.ReadAllText(path));
    }
}
