using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Dockerfiles;
using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>How far a stage is: the image so far, what it runs with, and the variables that instructions see.</summary>
internal sealed class StageState(BuildStage stage)
{
    private static readonly string[] StandardShell = ["/bin/sh", "-c"];

    internal BuildStage Stage => stage;

    /// <summary>The image that the stage, or the one that it begins with, was begun with; null for scratch.</summary>
    internal Image? Base { get; init; }

    /// <summary>The image of the latest step; null while there is no layer.</summary>
    internal Image? Image { get; set; }

    internal required ImageBase Below { get; set; }

    internal ImageConfig Config { get; set; } = new();

    /// <summary>Whether a CMD of this stage, and not of its base, gave the command.</summary>
    internal bool IsCommandOwn { get; set; }

    /// <summary>The arguments that the stage has declared.</summary>
    internal Dictionary<string, string> Arguments { get; init; } = [];

    /// <summary>What the next step's key says of all that was done: the image's digest; before there is one, the steps.</summary>
    internal string BelowKey => Below.Digest ?? string.Join('\n', [
        ImagePlatform.Of(Below.Spec).ToString(),
        JsonSerializer.Serialize(new ImageSpec
        {
            Architecture = Below.Spec.Architecture, Os = Below.Spec.Os, Config = Config.ToExecution(),
            RootFileSystem = new ImageRootFileSystem { Type = "layers", DiffIds = [] },
        }, ImageJson.Default.ImageSpec),
        .. (Below.Spec.History ?? []).Select(static step => step.CreatedBy ?? ""),
    ]);

    internal IReadOnlyList<string> Shell => Config.Shell.Count > 0 ? Config.Shell : StandardShell;

    internal string WorkingDirectory => Config.WorkingDir ?? "/";

    /// <summary>Puts in variables; ENV goes before ARG.</summary>
    internal WordExpansion Expansion => new(Lookup);

    /// <summary>NAME=VALUE of the arguments that RUN sees: those that no ENV hides.</summary>
    internal IReadOnlyList<string> ArgumentVariables =>
    [
        .. Arguments.Where(pair => ValueInEnvironment(pair.Key) is null).Select(static pair => $"{pair.Key}={pair.Value}")
            .Order(StringComparer.Ordinal),
    ];

    internal string? Lookup(string name) => ValueInEnvironment(name) ?? Arguments.GetValueOrDefault(name);

    /// <summary>An absolute path in the image; a relative one is below the working directory.</summary>
    internal string PathOf(string path) => path.StartsWith('/') ? path : $"{WorkingDirectory.TrimEnd('/')}/{path}";

    private string? ValueInEnvironment(string name) =>
        Config.Env.LastOrDefault(entry => ContainerConfigMerge.KeyOf(entry) == name) is { } found
            ? found[(Math.Min(name.Length + 1, found.Length))..]
            : null;
}
