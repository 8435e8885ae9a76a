namespace LayerPS.Seccomp;

/// <summary>What becomes of some system calls.</summary>
internal sealed record SeccompRule
{
    /// <summary>The calls; those that this machine's libseccomp does not know are passed over.</summary>
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>One call, as older files have it.</summary>
    public string? Name { get; set; }

    public required string Action { get; init; }

    /// <summary>The error number of SCMP_ACT_ERRNO; null for EPERM.</summary>
    public uint? ErrnoRet { get; set; }

    /// <summary>Conditions on the arguments, all of which hold; of several on the same argument one.</summary>
    public IReadOnlyList<SeccompArgument>? Args { get; set; }

    /// <summary>The rule is for containers and hosts of that kind alone.</summary>
    public SeccompFilterScope? Includes { get; set; }

    /// <summary>The rule is not for containers and hosts of that kind.</summary>
    public SeccompFilterScope? Excludes { get; set; }

    internal IEnumerable<string> AllNames => Name is null ? Names : Names.Append(Name);

    internal bool AppliesTo(SeccompTarget target) =>
        (Includes is null || Includes.IsMetBy(target)) && (Excludes is null || !Excludes.Touches(target));
}
