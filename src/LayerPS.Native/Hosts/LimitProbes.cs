using System.Globalization;
using LayerPS.Linux;
using LayerPS.Storage;

namespace LayerPS.Hosts;

/// <summary>The resource limits of this session, which its containers begin with.</summary>
internal static class LimitProbes
{
    private const ulong Unlimited = ulong.MaxValue;

    internal static IEnumerable<HostProbe> Of(StoreLayout layout) =>
    [
        Probe("limit-open-files", "RLIMIT_NOFILE", 4096, "A container of many files needs more than a few."),
        Probe("limit-processes", "RLIMIT_NPROC", 1024, "Containers of one user count together."),
        Probe("limit-file-size", "RLIMIT_FSIZE", Unlimited, "Layers may be large files."),
    ];

    private static HostProbe Probe(string name, string limit, ulong enough, string purpose) => new(
        name, purpose,
        $"Raise it to {Text(enough)} or more in the shell before pwsh (ulimit), or for good in limits.conf(5).",
        () => Find(limit, enough));

    private static ProbeFinding Find(string limit, ulong enough)
    {
        (ulong soft, ulong hard) = ResourceLimits.Get(limit);
        string range = soft == hard ? Text(soft) : $"{Text(soft)}, can be raised to {Text(hard)}";
        return new ProbeFinding(hard >= enough, range);
    }

    private static string Text(ulong limit) =>
        limit == Unlimited ? "unlimited" : limit.ToString(CultureInfo.InvariantCulture);
}
