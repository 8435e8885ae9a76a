using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Get-Image: the images of this store.</summary>
[Cmdlet(VerbsCommon.Get, "Image", DefaultParameterSetName = ImageSet)]
[OutputType(typeof(Image))]
public sealed class GetImageCommand : EngineCommand
{
    private const string ImageSet = "Image", AllSet = "All", DanglingSet = "Dangling";

    /// <summary>Which ones; all of them where this is not given.</summary>
    [Parameter(
        Position = 0, ParameterSetName = ImageSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[]? Image { get; set; }

    /// <summary>Also every read-only layer that others stand on: each is an image without a name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Only those that have lost their names, and that no other image stands on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DanglingSet)]
    public SwitchParameter Dangling { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Dangling) WriteEach(Engine.Images.ListDangling(Report));
        else if (Image is null) WriteEach(Engine.Images.List(All, Report));
        else AttemptEach(Image, identity => WriteEach(identity.Resolve(Engine.Images)));
    }

    // One image that cannot be read does not hide the others.
    private void Report(EngineException failure) => WriteFailure(failure);
}
