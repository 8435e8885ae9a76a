namespace LayerPS.Containers;

/// <summary>The host name that a container has.</summary>
internal static class ContainerHostname
{
    internal const int MaximumLength = 64; // HOST_NAME_MAX, see gethostname(2)

    internal static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');

    /// <summary>The whole name of this machine; null where it has none that a container could have.</summary>
    internal static string? OfHost() =>
        // Environment.MachineName ends at the first dot.
        File.ReadAllText("/proc/sys/kernel/hostname").Trim() is var name && IsValid(name) ? name : null;
}
