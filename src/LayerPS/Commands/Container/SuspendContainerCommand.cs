using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Suspend-Container: halts all processes of containers, by the kernel's freezer.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "Container", SupportsShouldProcess = true)]
[Alias("Pause-Container")]
[OutputType(typeof(Container))]
public sealed class SuspendContainerCommand : ContainerCommand
{
    /// <summary>The containers are written as objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, "Pause the container")) return;
        Container paused = Engine.Containers.Suspend(container, StopToken);
        if (PassThru) WriteObject(paused);
    }
}
