using System.Text.Json.Serialization;

namespace LayerPS.Oci;

/// <summary>What the container's cgroup allows it (runtime-spec, config-linux.md, "Control groups").</summary>
internal sealed record RuntimeResources
{
    /// <summary>The last rule that fits counts; null for all devices.</summary>
    public IReadOnlyList<RuntimeDeviceRule>? Devices { get; set; }

    public RuntimeMemory? Memory { get; set; }

    public RuntimeProcessors? Cpu { get; set; }

    public RuntimeProcesses? Pids { get; set; }

    [JsonPropertyName("blockIO")]
    public RuntimeBlockDevices? BlockIo { get; set; }

    public IReadOnlyList<RuntimeHugePages>? HugepageLimits { get; set; }

    public RuntimeNetworkLimits? Network { get; set; }

    /// <summary>By the names of the devices.</summary>
    public IReadOnlyDictionary<string, RuntimeRdma>? Rdma { get; set; }

    /// <summary>Files of the cgroup of version 2, and what is written to them.</summary>
    public IReadOnlyDictionary<string, string>? Unified { get; set; }
}
