using System.Globalization;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Lists the containers below <c>--root</c>.</summary>
internal static class ListCommand
{
    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, ["quiet q"], ["format f"]);
        bool json = OutputFormat.IsJson(options);
        ContainerDescription[] containers =
            [.. ContainerDirectory.List(global.Root).Select(static directory => OciContainer.Read(directory).Describe())];
        if (options.Has("quiet")) WriteIds(containers);
        else if (json) WriteJson(containers);
        else WriteTable(containers);
        return 0;
    }

    private static void WriteIds(ContainerDescription[] containers)
    {
        foreach (ContainerDescription container in containers) Console.Out.WriteLine(container.Id);
    }

    private static void WriteJson(ContainerDescription[] containers) => OutputFormat.WriteJson(writer =>
    {
        writer.WriteStartArray();
        foreach (ContainerDescription container in containers) StateDocument.Write(writer, container);
        writer.WriteEndArray();
    });

    private static void WriteTable(ContainerDescription[] containers) => OutputFormat.WriteTable(
    [
        ["ID", "PID", "STATUS", "BUNDLE", "CREATED", "OWNER"],
        .. containers.Select(static c => new[]
        {
            c.Id, c.Pid.ToString(CultureInfo.InvariantCulture), c.Status, c.Bundle,
            c.Created?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "", c.Owner ?? "",
        }),
    ]);
}
