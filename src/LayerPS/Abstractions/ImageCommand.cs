using System.Management.Automation;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that do something with each of some images.</summary>
public abstract class ImageCommand : EngineCommand
{
    /// <summary>The images.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[] Image { get; set; } = [];

    /// <inheritdoc/>
    protected sealed override void Process() =>
        AttemptEach(Image, identity =>
        {
            Check(identity);
            AttemptEach(Resolve(identity), Process);
        });

    /// <summary>The images that are meant.</summary>
    private protected virtual IEnumerable<Image> Resolve(ImageIdentity identity) => identity.Resolve(Engine.Images);

    /// <summary>Throws where what was given cannot be meant.</summary>
    protected virtual void Check(ImageIdentity identity)
    {
    }

    /// <summary>Called for each image; a failure is an error record of its own.</summary>
    protected abstract void Process(Image image);
}
