namespace LayerPS.Seccomp;

/// <summary>The numbers behind the words of a profile, see seccomp_init(3) and seccomp_rule_add(3).</summary>
internal static class SeccompWords
{
    private const string ArchitecturePrefix = "SCMP_ARCH_";
    private const uint NotPermitted = 1;
    private const uint ErrnoBase = 0x0005_0000, TraceBase = 0x7FF0_0000;

    private static readonly string[] Comparisons =
    [
        "SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ",
    ];

    internal static IReadOnlyList<string> Operators => Comparisons;

    internal static readonly string[] Actions =
    [
        "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_TRAP", "SCMP_ACT_ERRNO", "SCMP_ACT_TRACE",
        "SCMP_ACT_LOG", "SCMP_ACT_ALLOW",
    ];

    /// <exception cref="FormatException">There is no such action, or none that a container can have.</exception>
    internal static uint ActionOf(string action, uint? errno) => action switch
    {
        "SCMP_ACT_KILL" or "SCMP_ACT_KILL_THREAD" => 0,
        "SCMP_ACT_KILL_PROCESS" => 0x8000_0000,
        "SCMP_ACT_TRAP" => 0x0003_0000,
        "SCMP_ACT_ERRNO" => ErrnoBase | (errno ?? NotPermitted),
        "SCMP_ACT_TRACE" => TraceBase | (errno ?? NotPermitted),
        "SCMP_ACT_LOG" => 0x7FFC_0000,
        "SCMP_ACT_ALLOW" => 0x7FFF_0000,
        _ => throw new FormatException($"there is no action '{action}' here"),
    };

    /// <exception cref="FormatException">There is no such comparison.</exception>
    internal static int ComparisonOf(string name)
    {
        int index = Array.IndexOf(Comparisons, name);
        return index < 0 ? throw new FormatException($"there is no comparison '{name}'") : index + 1;
    }

    /// <summary>libseccomp's own name of an architecture, which it gives the number for.</summary>
    /// <exception cref="FormatException">It is no name of one.</exception>
    internal static string ArchitectureOf(string name) => name.StartsWith(ArchitecturePrefix, StringComparison.Ordinal)
        ? name[ArchitecturePrefix.Length..].ToLowerInvariant()
        : throw new FormatException($"there is no architecture '{name}'");
}
