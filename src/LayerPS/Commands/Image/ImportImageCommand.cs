using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Import-Image: images of archives.</summary>
[Cmdlet(VerbsData.Import, "Image", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(Image))]
public sealed class ImportImageCommand : ImageMakingCommand
{
    private const string PathSet = "Path", LiteralPathSet = "LiteralPath";

    private bool _isNameTyped;

    /// <summary>The archives; may have wildcards.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true,
        ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public FileIdentity[] Path { get; set; } = [];

    /// <summary>The archives, their paths taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The name of the new image.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>os/architecture[/variant], where the archive has the image for several.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PlatformCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <inheritdoc/>
    protected override void Begin() => _isNameTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Name));

    /// <inheritdoc/>
    protected override void Process()
    {
        AttemptEach(Path, path => AttemptEach(path.Resolve(this), Import));
        AttemptEach(LiteralPath, path => Import(this.ResolveFile(path)));
    }

    private void Import(string archive)
    {
        string? name = NameFor(archive);
        string action = name is null ? "Import with the names that it has in itself" : $"Import as the image '{name}'";
        if (!ShouldProcess(archive, action)) return;
        FileInfo file = new(archive);
        long? length = file is { Exists: true, Length: > 0 } ? file.Length : null;
        ImageImportOptions options = new() { Name = name, Config = Config, Platform = Platform };
        WriteEach(RunInBackground(
            $"Importing '{archive}'", length, work => Engine.Images.Import(archive, options, work, work.StopToken)));
    }

    // A file in the pipeline binds its own Name as well, but nobody means an image called root.tar by that.
    private string? NameFor(string archive) =>
        !_isNameTyped && Name == System.IO.Path.GetFileName(archive) ? null : Name;
}
