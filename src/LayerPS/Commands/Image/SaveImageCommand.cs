using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Save-Image: images into an archive.</summary>
[Cmdlet(VerbsData.Save, "Image", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class SaveImageCommand : ImageCommand
{
    private readonly List<Image> _images = [];

    /// <summary>The archive.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("LiteralPath", "FilePath", "OutFile")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The form of the archive.</summary>
    [Parameter]
    public ImageSaveFormat Format { get; set; }

    /// <summary>How the layers are packed.</summary>
    [Parameter]
    public LayerCompression Compression { get; set; }

    /// <summary>Writes the OCI layout as a directory.</summary>
    [Parameter]
    public SwitchParameter Directory { get; set; }

    /// <summary>Replaces also a read-only file, and a directory that is an OCI layout.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Replaces nothing.</summary>
    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Returns the file or directory.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Check(ImageIdentity identity)
    {
        if (identity.IsOfContainer)
            throw new EngineException(
                EngineErrors.ImageOptionInvalid,
                $"'{identity.NameOfObject}' is a container, and Save-Image saves images.", identity.NameOfObject,
                "Use Export-Container for its files, or Checkpoint-Container to make an image of it first.");
    }

    /// <inheritdoc/>
    private protected override IEnumerable<Image> Resolve(ImageIdentity identity) => identity.ResolveToSave(Engine.Images);

    /// <inheritdoc/>
    protected override void Process(Image image) => _images.Add(image);

    /// <inheritdoc/>
    protected override void End()
    {
        if (_images.Count == 0) return;
        string path = this.ResolveFile(Path);
        if (!ShouldProcess(path, $"Save {string.Join(", ", _images)}")) return;
        ImageSaveOptions options = new()
        {
            Format = Format, Compression = Compression, Directory = Directory, Force = Force, NoClobber = NoClobber,
        };
        long bytes = _images.SelectMany(static image => image.Layers).DistinctBy(static layer => layer.Id)
            .Sum(static layer => layer.Size);
        FileSystemInfo saved = RunInBackground<FileSystemInfo>($"Saving '{path}'", bytes, work =>
        {
            Engine.Images.Save(_images, path, options, work, work.StopToken);
            return Directory ? new DirectoryInfo(path) : new FileInfo(path);
        });
        if (PassThru) WriteObject(saved);
    }
}
