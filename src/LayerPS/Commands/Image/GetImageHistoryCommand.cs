using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Get-ImageHistory: the steps by which images were made, the last one first.</summary>
[Cmdlet(VerbsCommon.Get, "ImageHistory")]
[OutputType(typeof(ImageHistoryEntry))]
public sealed class GetImageHistoryCommand : ImageCommand
{
    /// <inheritdoc/>
    protected override void Process(Image image) => WriteEach(Engine.Images.History(image));
}
