using LayerPS.Dockerfiles;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Builds an image of a Dockerfile: the stages of the plan, one after another.</summary>
internal sealed class ImageBuild : IDisposable
{
    private readonly Dictionary<int, StageState> _built = [];
    private readonly Dictionary<string, SourceTree> _sources = [];
    private SourceTree? _context;

    internal ImageBuild(StoreLayout layout, BuildOptions options, CancellationToken stop)
    {
        Layout = layout;
        Options = options;
        Stop = stop;
        Platform = options.Platform is null ? ImagePlatform.Host : ImagePlatform.Parse(options.Platform);
        Arguments = new BuildArguments(options.Arguments, Platform);
        Cache = new BuildCache(layout);
        Timestamp = options.Timestamp;
    }

    internal StoreLayout Layout { get; }

    internal BuildOptions Options { get; }

    internal CancellationToken Stop { get; }

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
        foreach (BuildStage stage in plan.Stages)
            _built.Add(stage.Index, new StageBuild(this, stage, plan.Arguments).Run(_built, stage == plan.Target));
        Image image = _built[plan.Target.Index].Image ?? throw plan.Target.From.Fault(
            "the stage brings no files; an image without layers is not supported");
        foreach (ImageReference name in names) image = new ImageTagger(Layout).Add(image, name, Stop);
        return image;
    }

    /// <summary>What COPY takes files from: the context; or a stage, or an image.</summary>
    internal SourceTree SourceOf(Word? from)
    {
        if (from is null) return _context!;
        if (_sources.TryGetValue(from.Raw, out SourceTree? known)) return known;
        StageState? stage = _built.Values.LastOrDefault(state => state.Stage.IsCalled(from.Raw));
        Image? image = stage is null ? new ImageResolver(Layout).Resolve(from.Raw) : stage.Image;
        SourceTree tree = image is null
            ? throw from.Fault($"the stage '{from.Raw}' has no files")
            : SourceTree.OfImage(image);
        _sources.Add(from.Raw, tree);
        return tree;
    }

    public void Dispose()
    {
        _context?.Dispose();
        foreach (SourceTree tree in _sources.Values) tree.Dispose();
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
