namespace LayerPS.Seccomp;

/// <summary>Which containers and hosts a rule is for.</summary>
internal sealed record SeccompFilterScope
{
    /// <summary>Architectures by their names in images: amd64.</summary>
    public IReadOnlyList<string> Arches { get; set; } = [];

    public IReadOnlyList<string> Caps { get; set; } = [];

    /// <summary>The oldest kernel, <c>major.minor</c>.</summary>
    public string? MinKernel { get; set; }

    /// <summary>Whether all that is said here holds.</summary>
    internal bool IsMetBy(SeccompTarget target) =>
        (Arches.Count == 0 || Arches.Contains(target.Architecture))
        && Caps.All(target.Capabilities.Contains)
        && (MinKernel is null || IsOld(target));

    /// <summary>Whether anything that is said here holds.</summary>
    internal bool Touches(SeccompTarget target) =>
        Arches.Contains(target.Architecture)
        || Caps.Any(target.Capabilities.Contains)
        || (MinKernel is not null && IsOld(target));

    private bool IsOld(SeccompTarget target) => Version.Parse(MinKernel!) <= target.Kernel;
}
