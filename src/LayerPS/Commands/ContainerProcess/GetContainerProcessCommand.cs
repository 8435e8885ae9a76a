using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Get-ContainerProcess: the processes in running containers, as the host sees them.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerProcess")]
[Alias("Top-Container")]
[OutputType(typeof(ContainerProcess))]
public sealed class GetContainerProcessCommand : EngineCommand
{
    /// <summary>The containers; they must run.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process() => AttemptEach(
        Container,
        identity => AttemptEach(
            identity.Resolve(Engine.Containers), container => WriteEach(Engine.Containers.ListProcesses(container))));
}
