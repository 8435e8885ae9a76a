namespace LayerPS.Seccomp;

/// <summary>An architecture of a profile, by libseccomp's names: SCMP_ARCH_X86_64.</summary>
internal sealed record SeccompArchitecture
{
    public required string Architecture { get; init; }

    public IReadOnlyList<string> SubArchitectures { get; set; } = [];
}
