namespace LayerPS.Oci;

/// <summary>
/// Which users of the host those of the container are (runtime-spec, config-linux.md, "User namespace mappings").
/// </summary>
internal sealed record RuntimeIdMapping
{
    public uint ContainerID { get; set; }

    public required uint HostID { get; init; }

    public required uint Size { get; init; }
}
