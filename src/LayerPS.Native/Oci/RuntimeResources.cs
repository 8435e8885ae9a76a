namespace LayerPS.Oci;

/// <summary>What the container's cgroup allows it (runtime-spec, config-linux.md, "Control groups").</summary>
internal sealed record RuntimeResources
{
    /// <summary>The last rule that fits counts; null for all devices.</summary>
    public IReadOnlyList<RuntimeDeviceRule>? Devices { get; set; }

    public RuntimeMemory? Memory { get; set; }

    public RuntimeProcessors? Cpu { get; set; }

    public RuntimeProcesses? Pids { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("blockIO")]
    public RuntimeBlockDevices? BlockIo { get; set; }
}
