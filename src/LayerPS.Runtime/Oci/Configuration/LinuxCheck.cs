using LayerPS.Oci;
using LayerPS.Runtime.Init;
using static LayerPS.Runtime.Oci.Configuration.ProcessCheck;
using static LayerPS.Runtime.Oci.Configuration.SpecificationCheck;

namespace LayerPS.Runtime.Oci.Configuration;

/// <summary>What is refused of the part for Linux (runtime-spec, config-linux.md).</summary>
internal static class LinuxCheck
{
    internal static readonly string[] NamespaceTypes = ["mount", "pid", "uts", "ipc", "network", "cgroup"];

    internal static void Check(RuntimeSpec spec)
    {
        RuntimeLinux linux = spec.Linux;
        CheckNamespaces(linux);
        if (linux.UidMappings is { Count: > 0 } || linux.GidMappings is { Count: > 0 }) throw NotSupported("linux.uidMappings");
        if (linux.TimeOffsets is { Count: > 0 }) throw NotSupported("linux.timeOffsets");
        if (linux.Personality is not null) throw NotSupported("linux.personality");
        if (linux.IntelRdt is not null) throw NotSupported("linux.intelRdt");
        if (!string.IsNullOrEmpty(linux.MountLabel)) throw NotSupported("linux.mountLabel");
        if (linux.RootfsPropagation is { Length: > 0 } word) CheckPropagation(word);
        foreach (RuntimeDevice device in linux.Devices) CheckDevice(device);
        foreach (string name in linux.Sysctl.Keys) CheckParameter(name, linux.Namespaces);
        if (spec.Hostname is not null) RequireNamespace("hostname", "uts", linux.Namespaces);
        if (spec.Domainname is not null) RequireNamespace("domainname", "uts", linux.Namespaces);
        if (linux.Resources is { } resources) ResourceCheck.Check(resources);
        if (linux.Seccomp is { } seccomp)
        {
            if (seccomp.Flags.Count > 0) throw NotSupported("linux.seccomp.flags");
            if (!string.IsNullOrEmpty(seccomp.ListenerPath)) throw NotSupported("linux.seccomp.listenerPath");
        }
    }

    private static void CheckNamespaces(RuntimeLinux linux)
    {
        foreach (RuntimeNamespace entry in linux.Namespaces)
        {
            if (!NamespaceTypes.Contains(entry.Type)) throw Refused("linux.namespaces", $"the type '{entry.Type}' is not supported");
            if (linux.Namespaces.Count(other => other.Type == entry.Type) > 1)
                throw Refused("linux.namespaces", $"the type '{entry.Type}' is there twice");
            if (entry.Path is { } path && !path.StartsWith('/'))
                throw Refused("linux.namespaces", $"the path '{path}' is not absolute");
        }

        RequireNamespace("root", "mount", linux.Namespaces);
    }

    private static void CheckPropagation(string word)
    {
        try
        {
            _ = MountOptions.PropagationOf(word);
        }
        catch (FormatException e)
        {
            throw Refused("linux.rootfsPropagation", e.Message.TrimEnd('.'));
        }
    }

    private static void CheckDevice(RuntimeDevice device)
    {
        if (device.Type is not ("c" or "u" or "b" or "p")) throw Refused("linux.devices", $"there is no type '{device.Type}'");
        if (!device.Path.StartsWith('/')) throw Refused("linux.devices", $"the path '{device.Path}' is not absolute");
    }

    // See sysctl(8); those that belong to no namespace are the whole machine's.
    private static void CheckParameter(string name, IReadOnlyList<RuntimeNamespace> namespaces)
    {
        string dotted = name.Replace('/', '.');
        string? type = dotted switch
        {
            "kernel.domainname" or "kernel.hostname" => "uts",
            "kernel.sem" => "ipc",
            _ when dotted.StartsWith("net.", StringComparison.Ordinal) => "network",
            _ when dotted.StartsWith("fs.mqueue.", StringComparison.Ordinal) => "ipc",
            _ when dotted.StartsWith("kernel.msg", StringComparison.Ordinal) => "ipc",
            _ when dotted.StartsWith("kernel.shm", StringComparison.Ordinal) => "ipc",
            _ => null,
        };
        if (type is null) throw Refused("linux.sysctl", $"'{name}' is the whole machine's");
        if (dotted.Contains("..")) throw Refused("linux.sysctl", $"'{name}' is no name");
        RequireNamespace($"linux.sysctl: '{name}'", type, namespaces);
    }

    private static void RequireNamespace(string field, string type, IReadOnlyList<RuntimeNamespace> namespaces)
    {
        if (!namespaces.Any(entry => entry.Type == type))
            throw Refused(field, $"the container has no {type} namespace of its own");
    }
}
