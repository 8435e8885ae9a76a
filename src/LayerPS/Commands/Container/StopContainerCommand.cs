using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Stop-Container: ends the runs of containers, of several side by side.</summary>
[Cmdlet(VerbsLifecycle.Stop, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(Container))]
public sealed class StopContainerCommand : ParallelCommand
{
    /// <summary>How many seconds they have to end by themselves; the container's own where this is not given.</summary>
    [Parameter]
    [Alias("StopTimeout")]
    [ValidateRange(0d, int.MaxValue)]
    public double? Timeout { get; set; }

    /// <summary>They are killed at once.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The containers are written as objects, each when it has ended.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, Force ? "Kill the container" : "Stop the container")) return;

        // Also when nobody wants the objects any more: a container that was asked to end is seen to its end.
        RunBeside(container, () =>
        {
            Container stopped = Engine.Containers.Stop(container, Timeout, Force, StopToken);
            if (PassThru) Post(() => WriteObject(stopped));
        });
    }
}
