using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Suspend-Container: halts all processes of containers, by the kernel's freezer.</summary>
[Cmdlet(VerbsLifecycle.Suspend, "Container", SupportsShouldProcess = true)]
[Alias("Pause-Container")]
[OutputType(typeof(Container))]
public sealed class SuspendContainerCommand : EngineCommand
{
    /// <summary>The containers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunningContainerCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <summary>The containers are written as objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        AttemptEach(Container, identity => AttemptEach(identity.Resolve(Engine.Containers), Suspend));

    private void Suspend(Container container)
    {
        if (!ShouldProcess(container.Name, "Pause the container")) return;
        Container paused = Engine.Containers.Suspend(container, StopToken);
        if (PassThru) WriteObject(paused);
    }
}
