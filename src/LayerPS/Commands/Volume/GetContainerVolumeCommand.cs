using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Get-ContainerVolume: the volumes of this store.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerVolume")]
[OutputType(typeof(ContainerVolume))]
public sealed class GetContainerVolumeCommand : EngineCommand
{
    /// <summary>Which ones; all of them where this is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(VolumeNameCompleter))]
    public VolumeIdentity[]? Volume { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Volume is null) WriteEach(Engine.Volumes.List());
        else AttemptEach(Volume, identity => WriteEach(identity.Resolve(Engine.Volumes)));
    }
}
