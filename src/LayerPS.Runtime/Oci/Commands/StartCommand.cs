using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Executes the command of a created container (runtime-spec, runtime.md, "Start").</summary>
internal static class StartCommand
{
    internal static int Run(GlobalOptions global, OciLog log, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, [], []);
        new ContainerStart(global, log).Start(ContainerArgument.Only(options, "start"));
        return 0;
    }
}
