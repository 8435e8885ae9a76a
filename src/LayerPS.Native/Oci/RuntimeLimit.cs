namespace LayerPS.Oci;

/// <summary>One resource limit, see getrlimit(2) (runtime-spec, config.md, "POSIX process").</summary>
internal sealed record RuntimeLimit
{
    public required string Type { get; init; }

    public ulong Soft { get; set; }

    public ulong Hard { get; set; }
}
