using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Get-ImageLayer: the read-only layers, those of images from the top to the base.</summary>
[Cmdlet(VerbsCommon.Get, "ImageLayer", DefaultParameterSetName = ImageSet)]
[OutputType(typeof(ImageLayer))]
public sealed class GetImageLayerCommand : EngineCommand
{
    private const string ImageSet = "Image", LayerSet = "Layer";

    /// <summary>The images whose layers are wanted; all layers where neither this nor an id is given.</summary>
    [Parameter(
        Position = 0, ParameterSetName = ImageSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[]? Image { get; set; }

    /// <summary>The layers themselves.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LayerSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public LayerIdentity[] Id { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == LayerSet)
            AttemptEach(Id, identity => WriteEach(identity.Resolve(Engine.Layers)));
        else if (Image is not null)
            AttemptEach(Image, identity => WriteLayers(identity.Resolve(Engine.Images)));
        else
            WriteEach(Engine.Layers.List());
    }

    private void WriteLayers(IEnumerable<Image> images) =>
        WriteEach(images.SelectMany(static image => image.Layers.Reverse()));
}
