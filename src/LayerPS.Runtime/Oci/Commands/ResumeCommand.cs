using LayerPS.Runtime.Oci.Arguments;
using LayerPS.Runtime.Oci.Containers;

namespace LayerPS.Runtime.Oci.Commands;

/// <summary>Lets the processes of a paused container go on.</summary>
internal static class ResumeCommand
{
    internal static int Run(GlobalOptions global, ReadOnlySpan<string> arguments)
    {
        OptionSet options = OptionSet.Parse(arguments, [], []);
        OciContainer container = OciContainer.Read(global.Root, ContainerArgument.Only(options, "resume"));
        using Storage.FileLock held = container.Directory.Lock();
        container.Require("resume", ContainerStatus.Paused);
        PauseCommand.FreezerOf(container).Thaw();
        return 0;
    }
}
