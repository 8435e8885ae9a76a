namespace LayerPS.Oci;

/// <summary>Numeric identity of the process (runtime-spec, config.md, "User").</summary>
internal sealed record RuntimeUser
{
    public uint Uid { get; set; }

    public uint Gid { get; set; }

    public uint? Umask { get; set; }

    public IReadOnlyList<uint> AdditionalGids { get; set; } = [];
}
