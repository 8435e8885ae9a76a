using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Get-Container: the containers of this store, running or not.</summary>
[Cmdlet(VerbsCommon.Get, "Container")]
[OutputType(typeof(Container))]
public sealed class GetContainerCommand : EngineCommand
{
    /// <summary>Which ones; all of them where this is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[]? Container { get; set; }

    /// <summary>Only those in one of these states.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ContainerState[]? State { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Container is null) Write(Engine.Containers.List());
        else AttemptEach(Container, identity => Write(identity.Resolve(Engine.Containers)));
    }

    private void Write(IEnumerable<Container> containers) => WriteEach(
        State is null ? containers : containers.Where(container => State.Contains(container.State)));
}
