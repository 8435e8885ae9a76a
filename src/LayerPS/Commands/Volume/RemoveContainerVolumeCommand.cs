using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Remove-ContainerVolume: takes volumes away with their files.</summary>
[Cmdlet(VerbsCommon.Remove, "ContainerVolume", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class RemoveContainerVolumeCommand : EngineCommand
{
    /// <summary>The volumes.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VolumeNameCompleter))]
    public VolumeIdentity[] Volume { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process() =>
        AttemptEach(Volume, identity => AttemptEach(identity.Resolve(Engine.Volumes), Remove));

    private void Remove(ContainerVolume volume)
    {
        if (ShouldProcess(volume.Name, "Remove the volume with its files")) Engine.Volumes.Remove(volume, StopToken);
    }
}
