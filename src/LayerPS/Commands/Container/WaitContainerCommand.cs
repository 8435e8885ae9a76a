using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Wait-Container: waits until containers have ended, and tells how.</summary>
[Cmdlet(VerbsLifecycle.Wait, "Container")]
[OutputType(typeof(ContainerExit))]
public sealed class WaitContainerCommand : ParallelCommand
{
    /// <summary>The containers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunningContainerCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <summary>How many seconds at most; for ever where this is not given.</summary>
    [Parameter]
    [ValidateRange(0d, int.MaxValue)]
    public double? Timeout { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        AttemptEach(Container, identity => AttemptEach(identity.Resolve(Engine.Containers), Wait));
        DoPosted();
    }

    private void Wait(Container container) => RunBeside(container, () =>
    {
        ContainerExit exit = Engine.Containers.Wait(container, Timeout, EndToken);
        Post(() => WriteObject(exit));
    });
}
