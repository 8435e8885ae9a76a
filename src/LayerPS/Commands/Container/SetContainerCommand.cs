using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Set-Container: changes the limits and the restart policy of containers, at once where they run.</summary>
[Cmdlet(VerbsCommon.Set, "Container", SupportsShouldProcess = true)]
[Alias("Update-Container")]
[OutputType(typeof(Container))]
public sealed class SetContainerCommand : ContainerLimitCommand
{
    /// <summary>The containers.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[] Container { get; set; } = [];

    /// <summary>When the containers are started again after their end. Container objects have a property of that name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RestartPolicyCompleter))]
    public string? RestartPolicy { get; set; }

    /// <summary>The containers are written as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ContainerUpdate update = new() { Limits = LimitsOver(new ContainerLimits()), RestartPolicy = RestartPolicy };
        if (update == new ContainerUpdate())
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid, "Nothing was said that is to be changed.", null,
                "Say a limit, such as -Memory 512MB, or -RestartPolicy.");
        }

        AttemptEach(Container, identity => AttemptEach(identity.Resolve(Engine.Containers), container => Set(container, update)));
    }

    private void Set(Container container, ContainerUpdate update)
    {
        if (!ShouldProcess(container.Name, "Change limits of the container")) return;
        Container updated = Engine.Containers.Update(container, update, StopToken);
        if (PassThru) WriteObject(updated);
    }
}
