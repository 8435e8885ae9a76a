using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Arguments;

namespace LayerPS.Commands;

/// <summary>New-ContainerVolume: empty volumes.</summary>
[Cmdlet(VerbsCommon.New, "ContainerVolume", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerVolume))]
public sealed class NewContainerVolumeCommand : EngineCommand
{
    /// <summary>The names; one is made up where this is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Free words about the volumes: a hashtable, or KEY=VALUE.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Labels")]
    [KeyValueArgument]
    public string[] Label { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Name is null) Create(null);
        else AttemptEach(Name, Create);
    }

    private void Create(string? name)
    {
        if (!ShouldProcess(name ?? "a volume without a name", "Make the volume")) return;
        WriteObject(Engine.Volumes.Create(name, KeyValueArgumentAttribute.ToDictionary(Label), StopToken));
    }
}
