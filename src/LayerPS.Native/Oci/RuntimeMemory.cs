namespace LayerPS.Oci;

/// <summary>Limits of memory, in bytes (runtime-spec, config-linux.md, "Memory").</summary>
internal sealed record RuntimeMemory
{
    public long? Limit { get; set; }

    /// <summary>What is left to it where memory is short.</summary>
    public long? Reservation { get; set; }

    /// <summary>Memory and swap together.</summary>
    public long? Swap { get; set; }

    /// <summary>The kernel's memory, which kernels do not limit any more.</summary>
    public long? Kernel { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("kernelTCP")]
    public long? KernelTcp { get; set; }

    /// <summary>0 to 100.</summary>
    public long? Swappiness { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("disableOOMKiller")]
    public bool? DisableOutOfMemoryKiller { get; set; }

    public bool? UseHierarchy { get; set; }

    /// <summary>Refuse a limit below what is used already.</summary>
    public bool? CheckBeforeUpdate { get; set; }
}
