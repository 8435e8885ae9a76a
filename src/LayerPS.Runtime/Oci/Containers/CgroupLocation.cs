using LayerPS.Cgroups;
using LayerPS.Runtime.Oci.Arguments;

namespace LayerPS.Runtime.Oci.Containers;

/// <summary>Where a container's cgroup is (runtime-spec, config-linux.md, "Cgroups Path").</summary>
internal static class CgroupLocation
{
    private const string SystemSlice = "system.slice", Slice = ".slice", Scope = ".scope";

    /// <param name="written">What the configuration has; null for the usual place.</param>
    /// <param name="id">The container's name.</param>
    /// <param name="systemd">It has the form <c>slice:prefix:name</c>.</param>
    /// <returns>The path below each hierarchy's mount point.</returns>
    internal static string Of(string? written, string id, bool systemd)
    {
        if (systemd) return OfSystemd(written, id);
        if (string.IsNullOrEmpty(written)) return ContainerCgroup.PathOf(null, id);
        string path = written.StartsWith('/') ? written.TrimEnd('/') : ContainerCgroup.PathOf(null, written.TrimEnd('/'));
        if (path.Length == 0 || path.Split('/').Contains(".."))
            throw new OciException($"linux.cgroupsPath: '{written}' is no path of a cgroup of its own.");
        return path;
    }

    // See systemd.slice(5): a-b.slice is in a.slice.
    private static string OfSystemd(string? written, string id)
    {
        string[] parts = written is null ? [SystemSlice, "layerps", id] : written.Split(':');
        if (parts.Length != 3 || parts.Any(static part => part.Contains('/')))
            throw new OciException($"linux.cgroupsPath: '{written}' has not the form slice:prefix:name that --systemd-cgroup takes.");
        string slice = parts[0].Length == 0 ? SystemSlice : parts[0];
        if (!slice.EndsWith(Slice, StringComparison.Ordinal)) throw new OciException($"linux.cgroupsPath: '{slice}' is no slice.");
        string path = "", name = "";
        foreach (string part in slice[..^Slice.Length].Split('-', StringSplitOptions.RemoveEmptyEntries))
            path += '/' + (name += name.Length == 0 ? part : '-' + part) + Slice;
        string unit = parts[2].EndsWith(Slice, StringComparison.Ordinal)
            ? parts[2]
            : (parts[1].Length == 0 ? parts[2] : $"{parts[1]}-{parts[2]}") + Scope;
        return $"{path}/{unit}";
    }
}
