using System.Text;
using System.Text.Json;
using LayerPS.Linux;
using LayerPS.Oci;
using LayerPS.Runtime.Init;
using LayerPS.Runtime.Oci.Configuration;
using LayerPS.Seccomp;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Tells what this runtime knows (runtime-spec, features.md and features-linux.md).</summary>
internal static class FeaturesCommand
{
    private const string OldestVersion = "1.0.0";

    private static readonly string[] Hooks = ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    internal static int Run()
    {
        using MemoryStream stream = new();
        using Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("ociVersionMin", OldestVersion);
        writer.WriteString("ociVersionMax", RuntimeSpec.Version);
        Write(writer, "hooks", Hooks);
        Write(writer, "mountOptions", MountOptions.Known);
        writer.WriteStartObject("linux");
        Write(writer, "namespaces", LinuxCheck.NamespaceTypes);
        Write(writer, "capabilities", Capabilities.Names);
        WriteEnabled(writer, "cgroup", ("v1", true), ("v2", true), ("systemd", false), ("systemdUser", false), ("rdma", false));
        WriteSeccomp(writer);
        WriteEnabled(writer, "apparmor", ("enabled", false));
        WriteEnabled(writer, "selinux", ("enabled", false));
        WriteEnabled(writer, "intelRdt", ("enabled", false));
        writer.WriteStartObject("mountExtensions");
        WriteEnabled(writer, "idmap", ("enabled", false));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("annotations");
        writer.WriteString("io.layerps.version", VersionCommand.Number);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        Console.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
        return 0;
    }

    private static void WriteSeccomp(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("seccomp");
        writer.WriteBoolean("enabled", SeccompLibrary.Version is not null);
        Write(writer, "actions", SeccompWords.Actions);
        Write(writer, "operators", SeccompWords.Operators);
        writer.WriteEndObject();
    }

    private static void WriteEnabled(Utf8JsonWriter writer, string name, params ReadOnlySpan<(string Name, bool Value)> fields)
    {
        writer.WriteStartObject(name);
        foreach ((string field, bool value) in fields) writer.WriteBoolean(field, value);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> words)
    {
        writer.WriteStartArray(name);
        foreach (string word in words) writer.WriteStringValue(word);
        writer.WriteEndArray();
    }
}
