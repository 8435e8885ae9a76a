using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Resume-Container: lets the processes of paused containers go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "Container", SupportsShouldProcess = true)]
[Alias("Unpause-Container")]
[OutputType(typeof(Container))]
public sealed class ResumeContainerCommand : ContainerCommand
{
    /// <summary>The containers are written as objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, "Let the container go on")) return;
        Container resumed = Engine.Containers.Resume(container, StopToken);
        if (PassThru) WriteObject(resumed);
    }
}
