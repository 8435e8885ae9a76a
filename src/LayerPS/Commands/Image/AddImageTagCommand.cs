using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Add-ImageTag: gives images more names.</summary>
[Cmdlet(VerbsCommon.Add, "ImageTag", SupportsShouldProcess = true)]
[OutputType(typeof(Image))]
[Alias("Tag-Image")]
public sealed class AddImageTagCommand : ImageCommand
{
    private bool _isTagTyped;

    /// <summary>The new names: name[:tag], or just :tag for another tag of the name that the image has.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Reference", "NewName")]
    [ValidateNotNullOrEmpty]
    public string[] Tag { get; set; } = [];

    /// <summary>Returns the image under each new name.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _isTagTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Tag));

    /// <inheritdoc/>
    protected override void Process(Image image) => AttemptEach(Tag, tag => Add(image, tag));

    private void Add(Image image, string tag)
    {
        // An image in the pipeline binds its own Tag as well, but nobody means an image called latest by that.
        if (!_isTagTyped && image.References.Any(name => name.EndsWith(':' + tag, StringComparison.Ordinal)))
        {
            throw new EngineException(
                EngineErrors.ImageReferenceInvalid, $"The image '{image}' has the tag '{tag}' already.", tag,
                "Give the new name with -Tag: Get-Image base | Add-ImageTag -Tag tools/base:1.0");
        }

        string name = tag.StartsWith(':') ? image.Name + tag : tag;
        if (!ShouldProcess(image.ToString(), $"Add the name '{name}'")) return;
        Image named = Engine.Images.AddTag(image, name, StopToken);
        if (PassThru) WriteObject(named);
    }
}
