using System.Globalization;
using System.Text;
using System.Text.Json;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Lists the containers below <c>--root</c>.</summary>
internal static class ListCommand
{
    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, ["quiet q"], ["format f"]);
        string format = options.Value("format") ?? "table";
        if (format is not ("table" or "json")) throw new OciException($"--format: '{format}' is neither table nor json.");
        ContainerDescription[] containers =
            [.. ContainerDirectory.List(global.Root).Select(static directory => OciContainer.Read(directory).Describe())];
        if (options.Has("quiet")) WriteIds(containers);
        else if (format == "json") WriteJson(containers);
        else WriteTable(containers);
        return 0;
    }

    private static void WriteIds(ContainerDescription[] containers)
    {
        foreach (ContainerDescription container in containers) Console.Out.WriteLine(container.Id);
    }

    private static void WriteJson(ContainerDescription[] containers)
    {
        using MemoryStream stream = new();
        using Utf8JsonWriter writer = new(stream);
        writer.WriteStartArray();
        foreach (ContainerDescription container in containers) StateDocument.Write(writer, container);
        writer.WriteEndArray();
        writer.Flush();
        Console.Out.WriteLine(Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static void WriteTable(ContainerDescription[] containers)
    {
        string[][] rows =
        [
            ["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"],
            .. containers.Select(static c => new[]
            {
                c.Id, c.Pid.ToString(CultureInfo.InvariantCulture), c.Status, c.Bundle,
                c.Created?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "", c.Owner ?? "",
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            Console.Out.WriteLine(string.Join("   ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
