using System.Management.Automation;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that do something with each of some containers.</summary>
public abstract class ContainerCommand : EngineCommand
{
    /// <summary>The containers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process() => AttemptEach(Container, Process);

    /// <summary>Called for each of what the user gave; a failure is an error record of its own.</summary>
    protected virtual void Process(ContainerIdentity identity) =>
        AttemptEach(identity.Resolve(Engine.Containers), Process);

    /// <summary>Called for each container; a failure is an error record of its own.</summary>
    protected abstract void Process(Container container);
}
