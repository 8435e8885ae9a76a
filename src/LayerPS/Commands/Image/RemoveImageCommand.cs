using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Remove-Image: takes names away from images, and images away that have no other name.</summary>
[Cmdlet(VerbsCommon.Remove, "Image", SupportsShouldProcess = true)]
[OutputType(typeof(ImageRemoval))]
public sealed class RemoveImageCommand : EngineCommand
{
    private readonly List<Image> _images = [];
    private readonly List<ImageRemoval> _removals = [];

    /// <summary>The images.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[] Image { get; set; } = [];

    /// <summary>Takes all images that stand on them, top first, and does not mind containers that do not run.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Tells what went.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        AttemptEach(Image, identity => _images.AddRange(identity.ResolveAsAsked(Engine.Images)));

    /// <inheritdoc/>
    protected override void End() => AttemptEach(ImageCollection.OrderForRemoval(_images), Remove);

    private void Remove(Image image)
    {
        // One of those before it may have taken it along.
        if (_removals.Any(gone => gone.Images.Contains(image.Id) || gone.Layers.Contains(image.Id))) return;
        ImageRemoval plan = Engine.Images.PlanRemoval(image, Force, _removals, StopToken);
        string description = ImageRemovalText.Of(plan);
        if (ShouldProcess(description, description, "Remove-Image", out ShouldProcessReason reason))
            plan = Engine.Images.Remove(image, Force, StopToken);
        else if (reason != ShouldProcessReason.WhatIf)
            return;
        _removals.Add(plan);
        if (PassThru) WriteObject(plan);
    }
}
