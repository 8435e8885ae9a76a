using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Remove-ImageTag: takes names away from images, which stay.</summary>
[Cmdlet(VerbsCommon.Remove, "ImageTag", SupportsShouldProcess = true)]
[OutputType(typeof(Image))]
[Alias("Untag-Image")]
public sealed class RemoveImageTagCommand : EngineCommand
{
    /// <summary>The names; of an image that is not meant by a name, all.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[] Image { get; set; } = [];

    /// <summary>Returns the images as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        AttemptEach(Image, identity => AttemptEach(identity.ResolveAsAsked(Engine.Images), Untag));

    private void Untag(Image image)
    {
        IReadOnlyList<string> names = ImageCollection.NamesMeantBy(image);
        string all = string.Join(", ", names.Select(static name => $"'{name}'"));
        if (names.Count == 0 || !ShouldProcess(image.ToString(), $"Remove the name {all}")) return;
        Image left = Engine.Images.RemoveTags(image, StopToken);
        if (PassThru) WriteObject(left);
    }
}
