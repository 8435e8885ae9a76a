using LayerPS.Hosts;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>This machine, as containers see it. Nothing here needs root or a store.</summary>
public static class ContainerHost
{
    // One row for each group of checks: whoever adds a group adds a row.
    private static readonly Func<StoreLayout, IEnumerable<HostProbe>>[] Groups =
    [
        KernelProbes.Of,
        PrivilegeProbes.Of,
        NamespaceProbes.Of,
        MountProbes.Of,
        ProcessProbes.Of,
        CgroupProbes.Of,
        SeccompProbes.Of,
        StoreProbes.Of,
        LimitProbes.Of,
        RuntimeProbes.Of,
    ];

    /// <summary>The names of all checks, in the order in which they are made.</summary>
    public static IEnumerable<string> CheckNames => Probes(null).Select(static probe => probe.Name);

    /// <summary>Makes the checks, each when it is asked for.</summary>
    /// <param name="names">Names or wildcards of the checks to make; all of them where there is none.</param>
    /// <param name="root">The store's directory, there or not; null for the session's.</param>
    /// <exception cref="EngineException">HostCheckNotFound: a name that no check has.</exception>
    public static IEnumerable<HostCheck> Inspect(IReadOnlyList<string>? names = null, string? root = null)
    {
        List<HostProbe> probes = [.. Probes(root)];
        if (names is not { Count: > 0 }) return probes.Select(static probe => probe.Run());
        foreach (string name in names) RefuseUnknown(name, probes);
        return probes
            .Where(probe => names.Any(name => NamePattern.Matches(name, probe.Name)))
            .Select(static probe => probe.Run());
    }

    private static IEnumerable<HostProbe> Probes(string? root)
    {
        var layout = new StoreLayout(StoreLayout.RootOrDefault(root));
        return Groups.SelectMany(group => group(layout));
    }

    private static void RefuseUnknown(string name, List<HostProbe> probes)
    {
        if (NamePattern.HasWildcards(name) || probes.Exists(probe => NamePattern.Matches(name, probe.Name))) return;
        string? near = NearestName.Of(name, probes.Select(static probe => probe.Name));
        string meant = near is null ? "" : $" Was '{near}' meant?";
        throw new EngineException(EngineErrors.HostCheckNotFound, $"There is no check '{name}'.{meant}", name);
    }
}
