using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Measure-ContainerStorage: how much room images and containers take, how much of it for nothing.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "ContainerStorage")]
[OutputType(typeof(ContainerStorageUsage))]
public sealed class MeasureContainerStorageCommand : EngineCommand
{
    /// <summary>One object for each image, each container, and each thing that nothing refers to.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        WriteEach(Detailed ? Engine.Storage.MeasureEach(StopToken) : Engine.Storage.Measure(StopToken));
}
