using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Test-Image: reads images again and tells whether all of them still is what was recorded.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Image", DefaultParameterSetName = ImageSet)]
[OutputType(typeof(ImageTestResult), typeof(bool))]
public sealed class TestImageCommand : EngineCommand
{
    private const string ImageSet = "Image", LayerSet = "Layer";

    private ImageTest? _test;
    private bool _isValid = true;

    /// <summary>The images; all of them where neither this nor a layer is given.</summary>
    [Parameter(
        Position = 0, ParameterSetName = ImageSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ImageNameCompleter))]
    public ImageIdentity[]? Image { get; set; }

    /// <summary>Layers, whatever images have them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LayerSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public LayerIdentity[] Layer { get; set; } = [];

    /// <summary>Returns just true or false, for all together.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private ImageTest Test => _test ??= Engine.Images.BeginTest();

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == LayerSet)
            AttemptEach(Layer, identity => AttemptEach(identity.Resolve(Engine.Layers), RunLayer));
        else if (Image is null)
            AttemptEach(Test.Find(), Run);
        else if (!AttemptAll(Image))
            _isValid = false;
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Quiet) WriteObject(_isValid);
    }

    private bool AttemptAll(ImageIdentity[] images)
    {
        bool found = true;
        foreach (ImageIdentity identity in images)
            found &= Attempt(identity, () => AttemptEach(Test.Find(identity.ExactText), Run));
        return found;
    }

    private void Run(string digest) => RunInBackground($"Testing the image {digest}", null, work =>
    {
        foreach (ImageTestResult result in Test.Run(digest, work, work.StopToken)) work.Post(() => Write(result));
        return true;
    });

    private void RunLayer(ImageLayer layer) => Write(RunInBackground(
        $"Testing the layer {layer.ShortId}", null, work => Test.RunLayer(layer.Id, work, work.StopToken)));

    private void Write(ImageTestResult result)
    {
        _isValid &= result.Valid;
        if (!Quiet) WriteObject(result);
    }
}
