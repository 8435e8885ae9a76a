using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Compare-Container: what containers have changed in the files of their images.</summary>
[Cmdlet(VerbsData.Compare, "Container")]
[Alias("Diff-Container")]
[OutputType(typeof(ContainerChange))]
public sealed class CompareContainerCommand : ContainerCommand
{
    /// <inheritdoc/>
    protected override void Process(Container container) => WriteEach(Engine.Containers.Compare(container, StopToken));
}
