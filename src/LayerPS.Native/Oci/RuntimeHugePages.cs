namespace LayerPS.Oci;

/// <summary>The limit of huge pages of one size (runtime-spec, config-linux.md, "Huge page limits").</summary>
internal sealed record RuntimeHugePages
{
    /// <summary><c>2MB</c>, <c>1GB</c> …</summary>
    public required string PageSize { get; init; }

    /// <summary>In bytes.</summary>
    public ulong Limit { get; set; }
}
