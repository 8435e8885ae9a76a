using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Remove-Container: takes containers away with their writable layers and logs; the images' layers stay.</summary>
[Cmdlet(VerbsCommon.Remove, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveContainerCommand : EngineCommand
{
    /// <summary>The containers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <summary>Those that run are killed first; without this they are refused.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The volumes that were made for them alone go as well.</summary>
    [Parameter]
    [Alias("Volumes")]
    public SwitchParameter Volume { get; set; }

    /// <inheritdoc/>
    protected override void Process() => AttemptEach(Container, Remove);

    private void Remove(ContainerIdentity identity)
    {
        try
        {
            AttemptEach(identity.Resolve(Engine.Containers), Remove);
        }
        catch (EngineException e) when (e.Definition == EngineErrors.StoreCorrupt && Force && !identity.HasWildcards)
        {
            // The only way to be rid of a container whose record is lost.
            string name = identity.ToString();
            if (!ShouldProcess(name, "Remove the damaged container")) return;
            if (!Engine.Containers.RemoveDamaged(name, StopToken)) throw;
        }
    }

    private void Remove(Container container)
    {
        if (ShouldProcess(container.Name, "Remove the container"))
            Engine.Containers.Remove(container, Force, Volume, StopToken);
    }
}
