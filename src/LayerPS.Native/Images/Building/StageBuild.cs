using LayerPS.Dockerfiles;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Images;

/// <summary>Does the instructions of one stage, each on what the one before has made.</summary>
internal sealed class StageBuild(ImageBuild build, BuildStage stage, IReadOnlyDictionary<string, string> arguments)
{
    /// <param name="isTarget">Whether it is the stage that was asked for, which gets the labels.</param>
    internal StageState Run(bool isTarget)
    {
        StageState state = Begin();
        List<Instruction> steps = [.. Triggers(state), .. stage.Instructions];
        if (isTarget && build.Options.Labels.Count > 0) steps.Add(LabelStep(build.Options.Labels));
        // Each of these makes a layer, whatever it does: better told before the first of them than after the last.
        LayerLimit.CheckRoom(
            state.Below.Layers.Count, steps.Count(static step => step is RunInstruction or CopyInstruction));
        Report(0, steps.Count, stage.From.Text);
        for (int i = 0; i < steps.Count; i++)
        {
            build.Stop.ThrowIfCancellationRequested();
            Report(i + 1, steps.Count, steps[i].Text);
            Do(steps[i], state);
        }

        if (isTarget && build.Options.Squash) Squash(state);

        return state;
    }

    private StageState Begin()
    {
        ImagePlatform platform = stage.Platform is null ? build.Platform : ImagePlatform.Parse(stage.Platform);
        if (stage.Base is { } below)
        {
            StageState from = build.StateOf(below);
            return new StageState(stage)
            {
                Base = from.Base, Image = from.Image, Below = from.Below, Config = from.Config,
            };
        }

        if (stage.Image == BuildStage.Scratch) return new StageState(stage) { Below = ImageBase.Nothing(platform) };
        Image image = new ImageResolver(build.Layout).Resolve(stage.Image);
        ImagePlatform found = ImagePlatform.Of(image.Content.Spec);
        if (!platform.Takes(found))
        {
            throw new EngineException(
                EngineErrors.ImagePlatformNotFound,
                $"The image '{image}' is for {found}; {platform} was asked for.", image.ToString());
        }

        return new StageState(stage) { Base = image, Image = image, Below = ImageBase.Of(image), Config = image.Config };
    }

    // What the base image wants done first; the new image does not want it any more.
    private static IReadOnlyList<Instruction> Triggers(StageState state)
    {
        IReadOnlyList<string> triggers = state.Config.OnBuild;
        if (triggers.Count == 0) return [];
        state.Config = state.Config with { OnBuild = [] };
        string name = $"ONBUILD of {state.Image}";
        return [.. triggers.SelectMany(text => Dockerfile.Read(name, $"FROM scratch\n{text}").Instructions.Skip(1))];    }

    private static LabelInstruction LabelStep(IReadOnlyDictionary<string, string> labels)
    {
        string text = "LABEL " + string.Join(' ', labels.OrderBy(static l => l.Key, StringComparer.Ordinal)
            .Select(static label => $"{Quote(label.Key)}={Quote(label.Value)}"));
        InstructionLine line = new(new DockerfileText("-Label", text), '\\');
        line.Append(text, new TextPosition(1, 1));
        return (LabelInstruction)InstructionReader.Read(line);

        static string Quote(string text) => '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("$", "\\$", StringComparison.Ordinal) + '"';
    }

    private void Report(int number, int count, string text) =>
        build.Options.Step?.Invoke(new BuildStep(stage.Name, number, count, text));

    private void Do(Instruction instruction, StageState state)
    {
        switch (instruction)
        {
            case ArgInstruction arg:
                build.Arguments.Declare(arg, state.Arguments, arguments.GetValueOrDefault);
                Commit(state, instruction, state.Config);
                break;
            case RunInstruction run:
                using (RunStep step = RunStep.Make(build, state, run)) Cached(state, instruction, step);
                break;
            case CopyInstruction copy:
                using (CopyStep step = CopyStep.Make(build, state, copy)) Cached(state, instruction, step);
                break;
            case WorkdirInstruction workdir:
                DoWorkdir(workdir, state);
                break;
            default:
                Commit(state, instruction, ConfigStep.Apply(instruction, state));
                break;
        }
    }

    private void DoWorkdir(WorkdirInstruction workdir, StageState state)
    {
        string path = "/" + PathPattern.Clean(state.PathOf(state.Expansion.Expand(workdir.Value)));
        ImageConfig config = state.Config with { WorkingDir = path };
        DirectoryStep step = new(build, state, path);
        if (step.IsThere())
        {
            Commit(state, workdir, config);
            return;
        }

        state.Config = config;
        Cached(state, workdir, step);
    }

    // A step that changes only the configuration.
    private void Commit(StageState state, Instruction instruction, ImageConfig config)
    {
        state.Config = config;
        ImageHistory history = HistoryOf(instruction);
        if (state.Image is null)
        {
            // Without a layer there is no image yet; the first layer takes the steps with it.
            state.Below = state.Below with
            {
                Spec = state.Below.Spec with
                {
                    Config = config.ToExecution(),
                    History = [.. state.Below.Spec.History ?? [], history with { EmptyLayer = true }],
                },
            };
            return;
        }

        string json = System.Text.Json.JsonSerializer.Serialize(
            state.Below.Spec with { Config = config.ToExecution() }, ImageJson.Default.ImageSpec);
        Cached(state, instruction, new ConfigOnlyStep(json));
    }

    private void Cached(StageState state, Instruction instruction, IBuildLayer step)
    {
        string time = build.Timestamp?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) ?? "";
        string key = BuildCache.KeyOf(state.BelowKey, [instruction.Keyword, instruction.Text, time, .. step.KeyParts]);
        Image? found = build.Options.NoCache ? null : build.Cache.Find(key);
        if (step is not ConfigOnlyStep)
        {
            string why = build.Options.NoCache ? "the cache is not asked" : "nothing with the same parent, instruction and content was kept";
            build.Options.Detail?.Invoke(
                found is null ? $"Not from the cache, as {why}: {instruction.Text}" : $"From the cache, {found.ShortId}: {instruction.Text}");
        }

        if (found is null)
        {
            found = Make(state, instruction, step);
            build.Cache.Keep(key, found);
        }

        state.Image = found;
        state.Below = ImageBase.Of(found);
    }

    private Image Make(StageState state, Instruction instruction, IBuildLayer step)
    {
        if (step is not ConfigOnlyStep) LayerLimit.CheckRoom(state.Below.Layers.Count, 1);
        using StagedLayer? layer = step.Make();
        using FileLock kept = ContentLock.Share(build.Layout, build.Stop);
        return new ImageWriter(build.Layout).WriteStep(
            state.Below, layer, null, state.Config, HistoryOf(instruction), state.Below.Spec.Author, build.Stop);
    }

    // Cached as steps are; the image that it stands on then is the one that the build began with.
    private void Squash(StageState state)
    {
        SquashedLayer squash = new(build, state);
        if (squash.Count < 2) return;
        string key = BuildCache.KeyOf(state.BelowKey, squash.KeyParts);
        Image? found = build.Options.NoCache ? null : build.Cache.Find(key);
        build.Options.Detail?.Invoke(
            $"{(found is null ? "Put together" : "From the cache")}: the {squash.Count} layers of the build as one.");
        if (found is null)
        {
            using StagedLayer layer = squash.Make();
            using FileLock kept = ContentLock.Share(build.Layout, build.Stop);
            found = new ImageWriter(build.Layout).WriteStep(
                squash.Below, layer, null, state.Config, squash.History(build.Timestamp ?? DateTimeOffset.UtcNow),
                state.Below.Spec.Author, build.Stop);
            build.Cache.Keep(key, found);
        }

        state.Image = found;
        state.Below = ImageBase.Of(found);
    }

    private ImageHistory HistoryOf(Instruction instruction) =>
        new() { Created = build.Timestamp ?? DateTimeOffset.UtcNow, CreatedBy = instruction.Text };
}
