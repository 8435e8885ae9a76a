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

    /// <summary>Which users of the host its own are; null for those of the host.</summary>
    internal required UserMapping? Users { get; init; }

    /// <summary>The file of the program that filters its system calls; null for none.</summary>
    internal required string? Filter { get; init; }

    /// <summary>The namespaces that it shares, by their types, with the ids of the containers whose they are.</summary>
    internal required IReadOnlyList<(string Type, string Container)> Shared { get; init; }

    /// <summary>What its processes may do with devices; null for everything.</summary>
    internal required IReadOnlyList<DeviceRule>? Devices { get; init; }

    /// <summary>What its cgroup allows it; null for no limits.</summary>
    internal required CgroupLimits? Limits { get; init; }

    /// <summary>Its standard input stays open for those who have something to say.</summary>
    internal required bool OpenInput { get; init; }

    /// <summary>How its health is found out; null where it is not.</summary>
    internal required HealthPlan? Health { get; init; }

    internal static MonitorPlan Read()
    {
        using JsonDocument document = JsonDocument.Parse(SmallFile.Read(ContainerFiles.Configuration));
        JsonElement linux = document.RootElement.GetProperty("linux");
        JsonElement annotations = document.RootElement.Field("annotations");
        int namespaces = 0;
        List<(string, string)> shared = [];
        foreach (JsonElement entry in linux.GetProperty("namespaces").EnumerateArray())
        {
            string type = entry.GetProperty("type").GetString()!;
            // The init stage makes that of cgroups, after it has joined its own: the new root is where it is then.
            if (!entry.TryGetProperty("path", out _)) namespaces |= type == "cgroup" ? 0 : LayerPS.Linux.Namespaces.FlagOf(type);
            else if (annotations.Text(RuntimeSpec.NamespaceAnnotation + type) is { } container) shared.Add((type, container));
        }

        bool autoRemove = annotations.Text(RuntimeSpec.AutoRemoveAnnotation) is not null;
        LogLimits log = annotations.Text(RuntimeSpec.LogAnnotation) is { } limits ? LogLimits.Parse(limits) : LogLimits.Default;
        RestartPolicy? restart = null;
        if (annotations.Text(RuntimeSpec.RestartPolicyAnnotation) is { } policy) _ = RestartPolicy.TryParse(policy, out restart);
        _ = int.TryParse(
            annotations.Text(RuntimeSpec.RestartCountAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out int restarts);
        return new MonitorPlan(linux.Text("cgroupsPath"), namespaces, autoRemove, log, restart ?? RestartPolicy.Never, restarts)
        {
            Terminal = document.RootElement.Field("process").Truth("terminal"),
            Init = annotations.Text(RuntimeSpec.InitAnnotation) is not null,
            Users = RuntimeSpecReader.ReadMappings(linux.Field("uidMappings")) is [var users, ..]
                ? new UserMapping(users.HostID, users.Size)
                : null,
            Filter = annotations.Text(RuntimeSpec.SeccompAnnotation),
            Shared = shared,
            Devices = DevicesOf(linux.Field("resources")),
            Limits = linux.Field("resources") is var resources && resources.IsThere() ? LimitsOf(resources) : null,
            Health = annotations.Text(RuntimeSpec.HealthAnnotation) is { } health ? HealthPlan.Parse(health) : null,
            OpenInput = annotations.Text(RuntimeSpec.OpenInputAnnotation) is not null,
        };
    }

    private static IReadOnlyList<DeviceRule>? DevicesOf(JsonElement resources) =>
        resources.Field("devices").IsThere()
            ? resources.List("devices", static rule => new DeviceRule(
                rule.Truth("allow"), rule.Text("type") is { } type ? type[0] : 'a', rule.Number("major"), rule.Number("minor"),
                rule.Text("access") ?? DeviceRule.Everything))
            : null;

    private static CgroupLimits LimitsOf(JsonElement resources) => new()
    {
        Memory = LongOf(resources, "memory", "limit"),
        MemoryAndSwap = LongOf(resources, "memory", "swap"),
        CpuShares = LongOf(resources, "cpu", "shares"),
        CpuQuota = LongOf(resources, "cpu", "quota"),
        CpuPeriod = LongOf(resources, "cpu", "period"),
        Cpus = resources.Field("cpu").Text("cpus"),
        Pids = LongOf(resources, "pids", "limit"),
        BlockWeight = LongOf(resources, "blockIO", "weight"),
    };

    private static long? LongOf(JsonElement resources, string group, string name) =>
        resources.Field(group).Field(name) is var number && number.IsThere() ? number.GetInt64() : null;
}
