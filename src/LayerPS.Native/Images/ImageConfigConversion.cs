using System.Collections.ObjectModel;
using LayerPS.Oci;

namespace LayerPS.Images;

/// <summary>Between an image's configuration as users see it and as the OCI format has it.</summary>
internal static class ImageConfigConversion
{
    internal static ImageConfig ToConfig(this ImageExecution? execution) => execution is null ? new() : new()
    {
        Cmd = execution.Cmd ?? [],
        Entrypoint = execution.Entrypoint ?? [],
        Env = execution.Env ?? [],
        User = NullIfEmpty(execution.User),
        WorkingDir = NullIfEmpty(execution.WorkingDir),
        ExposedPorts = Keys(execution.ExposedPorts),
        Volumes = Keys(execution.Volumes),
        Labels = execution.Labels is { Count: > 0 } labels
            ? new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(labels))
            : ReadOnlyDictionary<string, string>.Empty,
        StopSignal = NullIfEmpty(execution.StopSignal),
        Healthcheck = execution.Healthcheck?.ToHealthcheck(),
        OnBuild = execution.OnBuild ?? [],
        Shell = execution.Shell ?? [],
    };

    internal static ImageExecution ToExecution(this ImageConfig config) => new()
    {
        Cmd = NullIfEmpty(config.Cmd),
        Entrypoint = NullIfEmpty(config.Entrypoint),
        Env = NullIfEmpty(config.Env),
        User = NullIfEmpty(config.User),
        WorkingDir = NullIfEmpty(config.WorkingDir),
        ExposedPorts = Set(config.ExposedPorts),
        Volumes = Set(config.Volumes),
        Labels = config.Labels.Count == 0
            ? null
            : new SortedDictionary<string, string>(config.Labels.ToDictionary(), StringComparer.Ordinal),
        StopSignal = NullIfEmpty(config.StopSignal),
        Healthcheck = config.Healthcheck is null ? null : ImageHealthcheckText.Of(config.Healthcheck),
        OnBuild = NullIfEmpty(config.OnBuild),
        Shell = NullIfEmpty(config.Shell),
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static IReadOnlyList<string>? NullIfEmpty(IReadOnlyList<string> items) => items.Count == 0 ? null : items;

    private static IReadOnlyList<string> Keys(IReadOnlyDictionary<string, ImageEmptyObject>? set) =>
        set is null ? [] : [.. set.Keys];

    private static SortedDictionary<string, ImageEmptyObject>? Set(IReadOnlyList<string> items)
    {
        if (items.Count == 0) return null;
        SortedDictionary<string, ImageEmptyObject> set = new(StringComparer.Ordinal);
        foreach (string item in items) set[item] = new ImageEmptyObject();
        return set;
    }
}
