using System.Text;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Tells the state of a container (runtime-spec, runtime.md, "Query State").</summary>
internal static class StateCommand
{
    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, [], []);
        OciContainer container = OciContainer.Read(global.Root, ContainerArgument.Only(options, "state"));
        Console.Out.WriteLine(Encoding.UTF8.GetString(StateDocument.Write(container.Describe())));
        return 0;
    }
}
