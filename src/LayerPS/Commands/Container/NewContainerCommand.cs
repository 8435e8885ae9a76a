using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>New-Container: a writable layer above an image's; nothing is started.</summary>
[Cmdlet(VerbsCommon.New, "Container", SupportsShouldProcess = true)]
[Alias("Create-Container")]
[OutputType(typeof(Container))]
public sealed class NewContainerCommand : ContainerMakingCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        if (ShouldProcess(Described, "Make the container")) WriteObject(Create());
    }
}
