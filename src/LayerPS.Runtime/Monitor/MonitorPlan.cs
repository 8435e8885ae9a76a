using System.Globalization;
using System.Text.Json;
using LayerPS.Cgroups;
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

    /// <summary>The namespaces that it shares, by their types, with the ids of the containers whose they are.</summary>
    internal required IReadOnlyList<(string Type, string Container)> Shared { get; init; }

    /// <summary>What its processes may do with devices; null for everything.</summary>
    internal required IReadOnlyList<DeviceRule>? Devices { get; init; }

    /// <summary>What its cgroup allows it; null for no limits.</summary>
    internal required CgroupLimits? Limits { get; init; }

    /// <summary>Its standard input stays open for those who have something to say.</summary>
    internal required bool OpenInput { get; init; }

    internal static MonitorPlan Read()
    {
        using JsonDocument document = JsonDocument.Parse(SmallFile.Read(ContainerFiles.Configuration));
        JsonElement linux = document.RootElement.GetProperty("linux");
        JsonElement annotations = document.RootElement.TryGetProperty("annotations", out JsonElement given) ? given : default;
        int namespaces = 0;
        List<(string, string)> shared = [];
        foreach (JsonElement entry in linux.GetProperty("namespaces").EnumerateArray())
        {
            string type = entry.GetProperty("type").GetString()!;
            // The init stage makes that of cgroups, after it has joined its own: the new root is where it is then.
            if (!entry.TryGetProperty("path", out _)) namespaces |= type == "cgroup" ? 0 : LayerPS.Linux.Namespaces.FlagOf(type);
            else if (TextOf(annotations, RuntimeSpec.NamespaceAnnotation + type) is { } container) shared.Add((type, container));
        }

        string? path = linux.TryGetProperty("cgroupsPath", out JsonElement cgroup) ? cgroup.GetString() : null;
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
            Shared = shared,
            Devices = DevicesOf(linux),
            Limits = linux.TryGetProperty("resources", out JsonElement resources) ? LimitsOf(resources) : null,
            OpenInput = TextOf(annotations, RuntimeSpec.OpenInputAnnotation) is not null,
        };
    }

    private static List<DeviceRule>? DevicesOf(JsonElement linux)
    {
        if (!linux.TryGetProperty("resources", out JsonElement resources)
            || !resources.TryGetProperty("devices", out JsonElement rules)) return null;
        List<DeviceRule> devices = [];
        foreach (JsonElement rule in rules.EnumerateArray())
        {
            devices.Add(new DeviceRule(
                rule.GetProperty("allow").GetBoolean(),
                rule.TryGetProperty("type", out JsonElement type) ? type.GetString()![0] : 'a',
                NumberOf(rule, "major"), NumberOf(rule, "minor"),
                rule.TryGetProperty("access", out JsonElement access) ? access.GetString()! : DeviceRule.Everything));
        }

        return devices;
    }

    private static CgroupLimits LimitsOf(JsonElement resources) => new()
    {
        Memory = LongOf(resources, "memory", "limit"),
        MemoryAndSwap = LongOf(resources, "memory", "swap"),
        CpuShares = LongOf(resources, "cpu", "shares"),
        CpuQuota = LongOf(resources, "cpu", "quota"),
        CpuPeriod = LongOf(resources, "cpu", "period"),
        Cpus = resources.TryGetProperty("cpu", out JsonElement cpu) && cpu.TryGetProperty("cpus", out JsonElement set)
            ? set.GetString()
            : null,
        Pids = LongOf(resources, "pids", "limit"),
        BlockWeight = LongOf(resources, "blockIO", "weight"),
    };

    private static long? LongOf(JsonElement resources, string group, string name) =>
        resources.TryGetProperty(group, out JsonElement values) && values.TryGetProperty(name, out JsonElement number)
            ? number.GetInt64()
            : null;

    private static uint? NumberOf(JsonElement rule, string name) =>
        rule.TryGetProperty(name, out JsonElement number) ? number.GetUInt32() : null;

    private static string? TextOf(JsonElement annotations, string name) =>
        annotations.ValueKind == JsonValueKind.Object && annotations.TryGetProperty(name, out JsonElement value)
            ? value.GetString()
            : null;
}
