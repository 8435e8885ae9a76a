using System.Globalization;
using LayerPS.Containers;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Lists the processes of a container, by their numbers on the host.</summary>
internal static class ProcessesCommand
{
    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, [], ["format f"]);
        bool json = OutputFormat.IsJson(options);
        OciContainer container = OciContainer.Read(global.Root, ContainerArgument.Only(options, "ps"));
        int[] members = [.. (container.Cgroup()?.Processes() ?? []).Order()];
        if (json)
        {
            OutputFormat.WriteJson(writer =>
            {
                writer.WriteStartArray();
                foreach (int member in members) writer.WriteNumberValue(member);
                writer.WriteEndArray();
            });
        }
        else
        {
            OutputFormat.WriteTable([["PID", "UID", "COMMAND"], .. members.Select(RowOf).OfType<string[]>()]);
        }

        return 0;
    }

    private static string[]? RowOf(int pid) => ProcessListing.TryRead("", pid) is { } process
        ? [Text(process.Pid), Text(process.Uid), process.Command]
        : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
