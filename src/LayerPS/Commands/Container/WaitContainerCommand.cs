using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Wait-Container: waits until containers have ended or are removed, and tells how they ended.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Container")]
[OutputType(typeof(ContainerExit))]
public sealed class WaitContainerCommand : ParallelCommand
{
    /// <summary>What to wait for.</summary>
    [Parameter]
    public ContainerWaitCondition Condition { get; set; }

    /// <summary>How many seconds at most; for ever where this is not given.</summary>
    [Parameter]
    [ValidateRange(0d, int.MaxValue)]
    public double? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container) => RunBeside(container, () =>
    {
        ContainerExit exit = Engine.Containers.Wait(container, Condition, Timeout, EndToken);
        Post(() => WriteObject(exit));
    });
}
