using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Start-Container: gives containers their process space.</summary>
[Cmdlet(VerbsLifecycle.Start, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(Container))]
public sealed class StartContainerCommand : ContainerCommand
{
    /// <summary>The containers that run by it are written as objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, "Start the container")) return;
        Container started = Engine.Containers.Start(container, StopToken);
        if (PassThru) WriteObject(started);
    }
}
