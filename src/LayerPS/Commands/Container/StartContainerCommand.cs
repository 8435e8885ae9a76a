using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Start-Container: gives containers their process space.</summary>
[Cmdlet(VerbsLifecycle.Start, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(Container))]
public sealed class StartContainerCommand : EngineCommand
{
    /// <summary>The containers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(StartableContainerCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <summary>The containers that run by it are written as objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        AttemptEach(Container, identity => AttemptEach(identity.Resolve(Engine.Containers), Start));

    private void Start(Container container)
    {
        if (!ShouldProcess(container.Name, "Start the container")) return;
        Container started = Engine.Containers.Start(container, StopToken);
        if (PassThru) WriteObject(started);
    }
}
