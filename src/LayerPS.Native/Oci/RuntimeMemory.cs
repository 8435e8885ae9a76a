namespace LayerPS.Oci;

/// <summary>Limits of memory, in bytes (runtime-spec, config-linux.md, "Memory").</summary>
internal sealed record RuntimeMemory
{
    public long? Limit { get; set; }

    /// <summary>Memory and swap together.</summary>
    public long? Swap { get; set; }
}
