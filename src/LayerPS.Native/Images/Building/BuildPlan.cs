using LayerPS.Dockerfiles;

namespace LayerPS.Images;

/// <summary>Which stages are built, in which order; nothing is done by making it.</summary>
/// <param name="Stages">Those that the target needs, each after those that it needs itself.</param>
/// <param name="Arguments">The arguments declared before the first FROM, with their values.</param>
/// <param name="Unused">The names of given arguments that no stage declares.</param>
internal sealed record BuildPlan(
    IReadOnlyList<BuildStage> Stages, IReadOnlyDictionary<string, string> Arguments, IReadOnlyList<string> Unused)
{
    internal BuildStage Target => Stages[^1];

    /// <exception cref="EngineException">DockerfileInvalid, BuildTargetNotFound.</exception>
    internal static BuildPlan Make(Dockerfile file, BuildArguments given, string? target)
    {
        Dictionary<string, string> global = new(given.Platforms);
        foreach (ArgInstruction arg in file.Instructions.TakeWhile(static i => i is ArgInstruction).Cast<ArgInstruction>())
            given.Declare(arg, global, static _ => null);

        List<BuildStage> all = Split(file, global);
        BuildStage wanted = target is null ? all[^1] : all.Find(stage => stage.IsCalled(target)) ?? throw Missing(target, all);
        SortedSet<int> needed = [];
        Collect(wanted, all, needed);
        HashSet<string> declared = [.. file.Instructions.OfType<ArgInstruction>().SelectMany(static arg => arg.Names)
            .Select(static name => name.Name.Raw)];
        return new BuildPlan(
            [.. needed.Select(index => all[index])], global,
            [.. given.Values.Keys.Where(name => !declared.Contains(name) && !BuildArguments.IsPredefined(name))]);
    }

    /// <summary>The stages, a line for each.</summary>
    public override string ToString() => string.Join('\n', Stages);

    private static List<BuildStage> Split(Dockerfile file, Dictionary<string, string> arguments)
    {
        WordExpansion expansion = new(arguments.GetValueOrDefault);
        List<BuildStage> stages = [];
        int[] starts =
        [
            .. Enumerable.Range(0, file.Instructions.Count).Where(i => file.Instructions[i] is FromInstruction),
            file.Instructions.Count,
        ];
        for (int i = 0; i < starts.Length - 1; i++)
        {
            var from = (FromInstruction)file.Instructions[starts[i]];
            string image = expansion.Expand(from.Image);
            if (image.Length == 0) throw from.Image.Fault($"'{from.Image.Raw}' is empty; an ARG before the first FROM gives it a value");
            if (stages.Exists(other => other.From.StageName is { } name && name == from.StageName))
                throw from.Fault($"there are two stages called '{from.StageName}'");
            BuildStage? below = stages.FindLast(other => other.From.StageName?.Equals(image, StringComparison.OrdinalIgnoreCase) == true);
            string? platform = from.Platform is null ? null : expansion.Expand(from.Platform);
            stages.Add(new BuildStage(
                i, from, image, below, string.IsNullOrEmpty(platform) ? null : platform,
                [.. file.Instructions.Skip(starts[i] + 1).Take(starts[i + 1] - starts[i] - 1)]));
        }

        return stages;
    }

    private static void Collect(BuildStage stage, List<BuildStage> all, SortedSet<int> needed)
    {
        if (!needed.Add(stage.Index)) return;
        if (stage.Base is { } below) Collect(below, all, needed);
        IEnumerable<Word?> sources = stage.Instructions.SelectMany(static instruction => instruction switch
        {
            CopyInstruction copy => [copy.From],
            RunInstruction run => run.Mounts.Select(static mount => mount["from"]),
            _ => Enumerable.Empty<Word?>(),
        });
        foreach (Word source in sources.OfType<Word>())
            if (all.Find(other => other.IsCalled(source.Raw)) is { } found)
                Collect(found.Index < stage.Index ? found : throw source.Fault($"the stage '{source.Raw}' comes later"), all, needed);
    }

    private static EngineException Missing(string target, List<BuildStage> all)
    {
        string? nearest = NearestName.Of(target, all.Select(static stage => stage.Name));
        return new EngineException(
            EngineErrors.BuildTargetNotFound,
            $"There is no stage '{target}'."
            + (nearest is null ? $" There are {string.Join(", ", all.Select(static s => s.Name))}." : $" Did you mean '{nearest}'?"),
            target);
    }
}
