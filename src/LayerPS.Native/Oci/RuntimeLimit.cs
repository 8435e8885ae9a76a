namespace LayerPS.Oci;

/// <summary>One resource limit, see getrlimit(2) (runtime-spec, config.md, "POSIX process").</summary>
internal sealed record RuntimeLimit
{
    public required string Type { get; init; }

    public ulong Soft { get; init; }

    public ulong Hard { get; init; }
}
