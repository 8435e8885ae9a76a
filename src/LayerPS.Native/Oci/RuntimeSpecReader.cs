using System.Text.Json;

namespace LayerPS.Oci;

/// <summary>
/// Reads a configuration field by field, see <see cref="JsonFields"/>: all of it but the resources, which are the business
/// of whoever makes the cgroup.
/// </summary>
internal static class RuntimeSpecReader
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">A field is missing.</exception>
    /// <exception cref="InvalidOperationException">A field is of another type.</exception>
    internal static RuntimeSpec Read(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement spec = document.RootElement;
        JsonElement root = spec.Field("root");
        return new RuntimeSpec
        {
            OciVersion = spec.RequiredText("ociVersion"),
            Process = ReadProcess(spec.Field("process")),
            Root = new RuntimeRoot { Path = root.RequiredText("path"), Readonly = root.Truth("readonly") },
            Hostname = spec.Text("hostname"),
            Mounts = spec.List("mounts", static mount => new RuntimeMount
            {
                Destination = mount.RequiredText("destination"), Type = mount.Text("type"), Source = mount.Text("source"),
                Options = mount.Texts("options"),
            }),
            Linux = ReadLinux(spec.Field("linux")),
            Annotations = spec.Map("annotations"),
        };
    }

    private static RuntimeLinux ReadLinux(JsonElement linux) => new()
    {
        Namespaces = linux.List("namespaces", static made => new RuntimeNamespace
        {
            Type = made.RequiredText("type"), Path = made.Text("path"),
        }),
        UidMappings = ReadMappings(linux.Field("uidMappings")),
        GidMappings = ReadMappings(linux.Field("gidMappings")),
        CgroupsPath = linux.Text("cgroupsPath"),
        Devices = linux.List("devices", static device => new RuntimeDevice
        {
            Path = device.RequiredText("path"), Type = device.RequiredText("type"),
            Major = device.Number("major") ?? 0, Minor = device.Number("minor") ?? 0,
            FileMode = device.Number("fileMode") ?? 0,
            Uid = device.Number("uid") ?? 0, Gid = device.Number("gid") ?? 0,
        }),
        Sysctl = linux.Map("sysctl"),
        MaskedPaths = linux.Texts("maskedPaths"),
        ReadonlyPaths = linux.Texts("readonlyPaths"),
    };

    /// <summary>The users or groups of the host that those of the container are; null where the list is absent.</summary>
    /// <inheritdoc cref="Read"/>
    internal static IReadOnlyList<RuntimeIdMapping>? ReadMappings(JsonElement list) =>
        list.IsThere()
            ? [.. list.EnumerateArray().Select(static mapping => new RuntimeIdMapping
            {
                ContainerID = mapping.Number("containerID") ?? 0,
                HostID = mapping.Number("hostID") ?? 0, Size = mapping.Number("size") ?? 0,
            })]
            : null;

    /// <summary>The part of a configuration, or of a plan, that says what is executed.</summary>
    /// <inheritdoc cref="Read"/>
    internal static RuntimeProcess ReadProcess(JsonElement process)
    {
        JsonElement user = process.Field("user");
        return new RuntimeProcess
        {
            Args = process.Texts("args"),
            Env = process.Texts("env"),
            Terminal = process.Truth("terminal"),
            ConsoleSize = process.Field("consoleSize") is var size && size.IsThere()
                ? new RuntimeSize { Height = (ushort)(size.Number("height") ?? 0), Width = (ushort)(size.Number("width") ?? 0) }
                : null,
            Cwd = process.RequiredText("cwd"),
            User = new RuntimeUser
            {
                Uid = user.Number("uid") ?? 0, Gid = user.Number("gid") ?? 0, Umask = user.Number("umask"),
                AdditionalGids = user.List("additionalGids", static group => group.GetUInt32()),
            },
            Capabilities = process.Field("capabilities") is var sets && sets.IsThere() ? ReadCapabilities(sets) : null,
            Rlimits = process.List("rlimits", static limit => new RuntimeLimit
            {
                Type = limit.RequiredText("type"),
                Soft = limit.Field("soft").GetUInt64(), Hard = limit.Field("hard").GetUInt64(),
            }),
            OomScoreAdj = process.Field("oomScoreAdj") is var score && score.IsThere() ? score.GetInt32() : null,
            NoNewPrivileges = process.Truth("noNewPrivileges"),
        };
    }

    private static RuntimeCapabilities ReadCapabilities(JsonElement sets) => new()
    {
        Bounding = sets.Texts("bounding"),
        Effective = sets.Texts("effective"),
        Permitted = sets.Texts("permitted"),
        Inheritable = sets.Texts("inheritable"),
        Ambient = sets.Texts("ambient"),
    };
}
