using LayerPS.Linux;
using LayerPS.Oci;
using static LayerPS.Runtime.Oci.Configuration.SpecificationCheck;

namespace LayerPS.Runtime.Oci.Configuration;

/// <summary>What is refused of a process (runtime-spec, config.md, "Process").</summary>
internal static class ProcessCheck
{
    internal static void Check(RuntimeProcess process, Action<string> warn)
    {
        if (process.Args.Count == 0) throw Refused("process.args", "there is no command");
        if (!process.Cwd.StartsWith('/')) throw Refused("process.cwd", $"'{process.Cwd}' is not absolute");
        if (process.Rlimits.GroupBy(static limit => limit.Type).FirstOrDefault(static same => same.Count() > 1) is { } twice)
            throw Refused("process.rlimits", $"{twice.Key} is there twice");
        if (process.Rlimits.FirstOrDefault(static limit => !ResourceLimits.Known.Contains(limit.Type)) is { } unknown)
            throw Refused("process.rlimits", $"there is no limit '{unknown.Type}'");
        if (process.Scheduler is not null) throw NotSupported("process.scheduler");
        if (process.IoPriority is not null) throw NotSupported("process.ioPriority");
        if (process.Affinity is not null) throw NotSupported("process.execCPUAffinity");
        if (!string.IsNullOrEmpty(process.ApparmorProfile)) throw NotSupported("process.apparmorProfile");
        if (!string.IsNullOrEmpty(process.SelinuxLabel)) throw NotSupported("process.selinuxLabel");
        WarnOfCapabilities(process.Capabilities, warn);
    }

    internal static Arguments.OciException NotSupported(string field) => Refused(field, "this runtime does not support it");

    private static void WarnOfCapabilities(RuntimeCapabilities? sets, Action<string> warn)
    {
        if (sets is null) return;
        ulong held = Capabilities.GetEffective();
        IEnumerable<string> all = sets.Bounding.Concat(sets.Effective).Concat(sets.Permitted).Concat(sets.Inheritable).Concat(sets.Ambient);
        foreach (string name in sets.Ambient.Where(name => !sets.Permitted.Contains(name) || !sets.Inheritable.Contains(name)))
            warn($"process.capabilities.ambient: {name} cannot be given: it is not permitted and inheritable as well.");
        foreach (string name in all.Distinct())
        {
            if (!Capabilities.IsKnown(name)) warn($"process.capabilities: there is no '{name}'.");
            else if ((Capabilities.MaskOf([name]) & held) == 0) warn($"process.capabilities: {name} cannot be given.");
        }
    }
}
