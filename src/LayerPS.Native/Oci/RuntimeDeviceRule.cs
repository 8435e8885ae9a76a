namespace LayerPS.Oci;

/// <summary>What may be done with devices (runtime-spec, config-linux.md, "Allowed Device list").</summary>
internal sealed record RuntimeDeviceRule
{
    public required bool Allow { get; init; }

    /// <summary>c, b, or a for both.</summary>
    public string? Type { get; set; }

    /// <summary>Null for every one.</summary>
    public long? Major { get; set; }

    /// <summary>Null for every one.</summary>
    public long? Minor { get; set; }

    /// <summary>r, w and m, the last for making nodes.</summary>
    public string? Access { get; set; }
}
