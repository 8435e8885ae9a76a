using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Get-Image: the images of this store.</summary>
[Cmdlet(VerbsCommon.Get, "Image")]
[OutputType(typeof(Image))]
public sealed class GetImageCommand : EngineCommand
{
    /// <summary>Which ones; all of them where this is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[]? Image { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Image is null) WriteEach(Engine.Images.List());
        else AttemptEach(Image, identity => WriteEach(identity.Resolve(Engine.Images)));
    }
}
