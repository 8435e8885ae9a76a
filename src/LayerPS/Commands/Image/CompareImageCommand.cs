using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Compare-Image: the files in which images or layers differ.</summary>
[Cmdlet(VerbsData.Compare, "Image", DefaultParameterSetName = LayerSet)]
[OutputType(typeof(ImageChange))]
public sealed class CompareImageCommand : EngineCommand
{
    private const string ImageSet = "Image", LayerSet = "Layer";

    /// <summary>The image that the others are compared with.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ImageSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity ReferenceImage { get; set; } = null!;

    /// <summary>The images that are compared with it.</summary>
    [Parameter(
        Mandatory = true, Position = 1, ParameterSetName = ImageSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [Alias("Image", "Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[] DifferenceImage { get; set; } = [];

    /// <summary>The layers, each seen with all below it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LayerSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public LayerIdentity[] Layer { get; set; } = [];

    /// <summary>The layer that they are compared with; without it, each with the one that it lies on.</summary>
    [Parameter(ParameterSetName = LayerSet)]
    [ValidateNotNull]
    public LayerIdentity? ReferenceLayer { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == LayerSet)
        {
            AttemptEach(Layer, identity => AttemptEach(identity.Resolve(Engine.Layers), CompareLayer));
            return;
        }

        Image reference = ReferenceImage.ResolveOne(Engine.Images);
        AttemptEach(DifferenceImage, identity => AttemptEach(
            identity.Resolve(Engine.Images), image => WriteEach(Engine.Images.Compare(reference, image, StopToken))));
    }

    private void CompareLayer(ImageLayer layer)
    {
        ImageLayer? reference = ReferenceLayer is not null ? ReferenceLayer.Resolve(Engine.Layers).FirstOrDefault()
            : layer.Parent is not null ? Engine.Layers.Get(layer.Parent)
            : null;
        WriteEach(Engine.Layers.Compare(reference, layer, StopToken));
    }
}
