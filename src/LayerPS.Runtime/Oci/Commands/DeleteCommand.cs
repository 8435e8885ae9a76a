using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Removes what was made for a container (runtime-spec, runtime.md, "Delete").</summary>
internal static class DeleteCommand
{
    internal static int Run(GlobalOptions global, OciLog log, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, ["force f"], []);
        new ContainerDeletion(global, log).Delete(ContainerArgument.Only(options, "delete"), options.Has("force"));
        return 0;
    }
}
