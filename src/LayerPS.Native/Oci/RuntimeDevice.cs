namespace LayerPS.Oci;

/// <summary>A device node that is made in the container (runtime-spec, config-linux.md, "Devices").</summary>
internal sealed record RuntimeDevice
{
    public required string Path { get; init; }

    /// <summary>c or u, b, or p for a named pipe.</summary>
    public required string Type { get; init; }

    public uint Major { get; set; }

    public uint Minor { get; set; }

    /// <summary>The permissions.</summary>
    public uint FileMode { get; set; } = 438; // rw-rw-rw-

    public uint Uid { get; set; }

    public uint Gid { get; set; }
}
