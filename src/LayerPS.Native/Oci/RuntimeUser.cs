namespace LayerPS.Oci;

/// <summary>Numeric identity of the process (runtime-spec, config.md, "User").</summary>
internal sealed record RuntimeUser
{
    public uint Uid { get; init; }

    public uint Gid { get; init; }

    public uint? Umask { get; init; }

    public IReadOnlyList<uint> AdditionalGids { get; init; } = [];
}
