using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Restart-Container: ends containers and starts them again, several side by side.</summary>
[Cmdlet(VerbsLifecycle.Restart, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(Container))]
public sealed class RestartContainerCommand : ParallelCommand
{
    /// <summary>How many seconds they have to end by themselves; the container's own where this is not given.</summary>
    [Parameter]
    [Alias("StopTimeout")]
    [ValidateRange(0d, int.MaxValue)]
    public double? Timeout { get; set; }

    /// <summary>The containers are written as objects, each when it runs again.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, "Restart the container")) return;

        // Also when nobody wants the objects any more: what was stopped is started.
        RunBeside(container, () =>
        {
            Container restarted = Engine.Containers.Restart(container, Timeout, StopToken);
            if (PassThru) Post(() => WriteObject(restarted));
        });
    }
}
