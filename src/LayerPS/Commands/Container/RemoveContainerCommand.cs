using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Remove-Container: takes containers away with their writable layers and logs; the images' layers stay.</summary>
[Cmdlet(VerbsCommon.Remove, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveContainerCommand : ContainerCommand
{
    /// <summary>Those that run are killed first; without this they are refused.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The volumes that were made for them alone go as well.</summary>
    [Parameter]
    [Alias("Volumes")]
    public SwitchParameter Volume { get; set; }

    /// <inheritdoc/>
    protected override void Process(ContainerIdentity identity)
    {
        try
        {
            base.Process(identity);
        }
        catch (EngineException e) when (IsUnreadable(e) && Force && !identity.HasWildcards)
        {
            // The only way to be rid of a container whose record is lost, or of a later version.
            string name = identity.ToString();
            if (!ShouldProcess(name, "Remove the damaged container")) return;
            if (!Engine.Containers.RemoveDamaged(name, StopToken)) throw;
        }
    }

    private static bool IsUnreadable(EngineException failure) =>
        failure.Definition == EngineErrors.StoreCorrupt || failure.Definition == EngineErrors.StoreVersionUnsupported;

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (ShouldProcess(container.Name, "Remove the container"))
            Engine.Containers.Remove(container, Force, Volume, StopToken);
    }
}
