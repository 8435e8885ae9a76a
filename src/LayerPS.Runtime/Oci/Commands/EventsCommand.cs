using System.Text.Json;
using LayerPS.Cgroups;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Tells what a container uses, one JSON object a line: once, or again and again until it has ended.</summary>
internal static class EventsCommand
{
    private const int DefaultInterval = 5;
    private const long NanosecondsPerTick = 100;

    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, ["stats"], ["interval"]);
        string id = ContainerArgument.Only(options, "events");
        var interval = TimeSpan.FromSeconds(options.Number("interval", DefaultInterval));
        if (interval <= TimeSpan.Zero) throw new OciException("--interval: it is more than 0 seconds.");
        OciContainer container = OciContainer.Read(global.Root, id);
        if (!container.IsAlive) throw container.NotRunning();
        Write(container);
        if (options.Has("stats")) return 0;
        using Linux.ProcessHandle process = container.OpenProcess();
        while (!process.WaitForExit(interval, CancellationToken.None)) Write(container);
        return 0;
    }

    private static void Write(OciContainer container)
    {
        ResourceUsage usage = ResourceUsage.Read(container.Cgroup()!);
        OutputFormat.WriteJson(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", "stats");
            writer.WriteString("id", container.Directory.Id);
            writer.WriteStartObject("data");
            writer.WriteStartObject("cpu");
            WriteNumbers(writer, "usage", ("total", usage.Cpu?.Ticks * NanosecondsPerTick));
            writer.WriteEndObject();
            writer.WriteStartObject("memory");
            WriteNumbers(writer, "usage", ("usage", usage.Memory), ("limit", usage.MemoryLimit));
            writer.WriteEndObject();
            WriteNumbers(writer, "pids", ("current", usage.Pids), ("limit", usage.PidsLimit));
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, params ReadOnlySpan<(string Name, long? Value)> fields)
    {
        writer.WriteStartObject(name);
        foreach ((string field, long? value) in fields)
        {
            if (value is { } number) writer.WriteNumber(field, number);
        }

        writer.WriteEndObject();
    }
}
