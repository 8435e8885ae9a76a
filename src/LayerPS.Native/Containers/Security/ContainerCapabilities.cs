using LayerPS.Linux;
using LayerPS.Oci;

namespace LayerPS.Containers;

/// <summary>Which capabilities a container has: the usual ones, with those that were asked for and without those that were refused.</summary>
internal static class ContainerCapabilities
{
    private const string All = "ALL";
    private const string Prefix = "CAP_";

    /// <summary>In the order of the kernel.</summary>
    /// <exception cref="EngineException">
    /// ContainerOptionInvalid: there is none of that name, or this machine cannot give it.
    /// </exception>
    internal static string[] Of(ContainerConfig config) => Of(config.Privileged, config.CapabilityAdd, config.CapabilityDrop);

    /// <inheritdoc cref="Of(ContainerConfig)"/>
    internal static string[] Of(bool privileged, IReadOnlyList<string> added, IReadOnlyList<string> dropped)
    {
        string[] host = Capabilities.ListBounding();
        HashSet<string> plus = [.. added.Select(Normalize)], minus = [.. dropped.Select(Normalize)];
        if (plus.FirstOrDefault(name => name != All && !host.Contains(name)) is { } missing)
        {
            throw Invalid(
                missing, $"This machine cannot give {missing}: it is not in the bounding set of this session, see capabilities(7).");
        }

        bool everything = privileged || plus.Contains(All);
        bool usual = !minus.Contains(All);
        return
        [
            .. host.Where(name => !minus.Contains(name)
                && (everything || plus.Contains(name) || (usual && DefaultCapabilities.Names.Contains(name)))),
        ];
    }

    /// <summary>Nothing inheritable or ambient: a user other than root gets none of them by executing.</summary>
    internal static RuntimeCapabilities Sets(IReadOnlyList<string> names) =>
        new() { Bounding = names, Effective = names, Permitted = names };

    private static string Normalize(string name)
    {
        string upper = name.ToUpperInvariant();
        if (upper == All) return All;
        string whole = upper.StartsWith(Prefix, StringComparison.Ordinal) ? upper : Prefix + upper;
        if (Capabilities.Names.Contains(whole)) return whole;
        string? near = NearestName.Of(whole, Capabilities.Names);
        throw Invalid(name, $"There is no capability '{name}'.{(near is null ? "" : $" Did you mean {near}?")}");
    }

    private static EngineException Invalid(string name, string message) => new(EngineErrors.ContainerOptionInvalid, message, name);
}
