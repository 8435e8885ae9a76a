using LayerPS.Cgroups;
using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Halts all processes of a container.</summary>
internal static class PauseCommand
{
    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, [], []);
        OciContainer container = OciContainer.Read(global.Root, ContainerArgument.Only(options, "pause"));
        using Storage.FileLock held = container.Directory.Lock();
        container.Require("pause", ContainerStatus.Running);
        FreezerOf(container).Freeze(CancellationToken.None);
        return 0;
    }

    internal static Freezer FreezerOf(OciContainer container) => Freezer.Of(container.Record!.CgroupPath)
        ?? throw new OciException("This machine has no cgroups that can halt processes.");
}
