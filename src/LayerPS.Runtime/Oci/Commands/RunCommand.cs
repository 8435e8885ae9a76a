using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Creates and starts a container; stays with it to its end and removes it, unless it is detached.</summary>
internal static class RunCommand
{
    internal static int Run(GlobalOptions global, OciLog log, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(
            arguments, [.. CreateCommand.Flags, "detach d", "keep", "no-subreaper"], CreateCommand.Values);
        string id = ContainerArgument.Only(options, "run");
        CreationOptions creation = CreateCommand.Read(options);
        if (!options.Has("detach")) return new ContainerRun(global, log).Run(id, creation, keep: options.Has("keep"));
        _ = new ContainerCreation(global, log).Create(id, creation);
        ContainerRun.StartOrClear(global, log, id);
        return 0;
    }
}
