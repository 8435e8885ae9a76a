using System.Globalization;
using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Storage;

namespace LayerPS.Runtime.Monitor;

/// <summary>
/// The little that the monitor itself needs of <c>config.json</c>. It lives as long as the container, so it reads
/// these values and not the whole model, whose code and objects would stay in its memory.
/// </summary>
internal sealed record MonitorPlan(
    string? CgroupPath, int Namespaces, bool AutoRemove, LogLimits Log, RestartPolicy Restart, int RestartCount)
{
    /// <summary>The process has a terminal for its standard streams.</summary>
    internal required bool Terminal { get; init; }

    /// <summary>Its first process is one of LayerPS.</summary>
    internal required bool Init { get; init; }

    /// <summary>The id of the container whose network it shares; null for none.</summary>
    internal required string? NetworkContainer { get; init; }

    /// <summary>Its standard input stays open for those who have something to say.</summary>
    internal required bool OpenInput { get; init; }

    internal static MonitorPlan Read()
    {
        using JsonDocument document = JsonDocument.Parse(SmallFile.Read(ContainerFiles.Configuration));
        JsonElement linux = document.RootElement.GetProperty("linux");
        int namespaces = 0;
        foreach (JsonElement entry in linux.GetProperty("namespaces").EnumerateArray())
        {
            // It is joined.
            if (entry.TryGetProperty("path", out _)) continue;
            string type = entry.GetProperty("type").GetString()!;
            // The init stage makes this one, after it has joined its cgroups: the new root is where it is then.
            if (type != "cgroup") namespaces |= LayerPS.Linux.Namespaces.FlagOf(type);
        }

        string? path = linux.TryGetProperty("cgroupsPath", out JsonElement cgroup) ? cgroup.GetString() : null;
        JsonElement annotations = document.RootElement.TryGetProperty("annotations", out JsonElement given) ? given : default;
        bool autoRemove = TextOf(annotations, RuntimeSpec.AutoRemoveAnnotation) is not null;
        LogLimits log = TextOf(annotations, RuntimeSpec.LogAnnotation) is { } limits ? LogLimits.Parse(limits) : LogLimits.Default;
        RestartPolicy? restart = null;
        if (TextOf(annotations, RuntimeSpec.RestartPolicyAnnotation) is { } policy) _ = RestartPolicy.TryParse(policy, out restart);
        _ = int.TryParse(
            TextOf(annotations, RuntimeSpec.RestartCountAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out int restarts);
        return new MonitorPlan(path, namespaces, autoRemove, log, restart ?? RestartPolicy.Never, restarts)
        {
            Terminal = document.RootElement.GetProperty("process").TryGetProperty("terminal", out JsonElement terminal)
                && terminal.GetBoolean(),
            Init = TextOf(annotations, RuntimeSpec.InitAnnotation) is not null,
            NetworkContainer = TextOf(annotations, RuntimeSpec.NetworkContainerAnnotation),
            OpenInput = TextOf(annotations, RuntimeSpec.OpenInputAnnotation) is not null,
        };
    }

    private static string? TextOf(JsonElement annotations, string name) =>
        annotations.ValueKind == JsonValueKind.Object && annotations.TryGetProperty(name, out JsonElement value)
            ? value.GetString()
            : null;
}
