using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Resume-Container: lets the processes of paused containers go on.</summary>
[Cmdlet(VerbsLifecycle.Resume, "Container", SupportsShouldProcess = true)]
[Alias("Unpause-Container")]
[OutputType(typeof(Container))]
public sealed class ResumeContainerCommand : EngineCommand
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
        AttemptEach(Container, identity => AttemptEach(identity.Resolve(Engine.Containers), Resume));

    private void Resume(Container container)
    {
        if (!ShouldProcess(container.Name, "Let the container go on")) return;
        Container resumed = Engine.Containers.Resume(container, StopToken);
        if (PassThru) WriteObject(resumed);
    }
}
