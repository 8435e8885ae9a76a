using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>New-Image: an image made of what is on this machine, or of nothing.</summary>
[Cmdlet(VerbsCommon.New, "Image", SupportsShouldProcess = true, DefaultParameterSetName = FromCommandSet)]
[OutputType(typeof(Image))]
public sealed class NewImageCommand : ImageMakingCommand
{
    private const string FromCommandSet = "FromCommand", FromDirectorySet = "FromDirectory", ScratchSet = "Scratch";

    /// <summary>The name of the new image.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>This machine's commands that it has; a usual set of them where this is not given.</summary>
    [Parameter(ParameterSetName = FromCommandSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? FromCommand { get; set; }

    /// <summary>The directory whose files it has.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromDirectorySet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string? FromDirectory { get; set; }

    /// <summary>It has no files.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ScratchSet)]
    public SwitchParameter Scratch { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case FromDirectorySet:
                string path = this.ResolveFile(FromDirectory!);
                Make($"of the directory '{path}'", work => Engine.Images.CreateFromDirectory(
                    path, Name, Config, work, work.Warn, work.StopToken));
                break;
            case ScratchSet:
                Make("without files", work => Engine.Images.CreateScratch(Name, Config, work.StopToken));
                break;
            default:
                string commands = FromCommand is null ? "the usual commands" : string.Join(", ", FromCommand);
                Make($"of {commands} of this machine", work => Engine.Images.CreateFromCommands(
                    FromCommand ?? ImageCollection.BaseCommands, Name, Config, work.StopToken));
                break;
        }
    }

    private void Make(string source, Func<BackgroundWork, Image> make)
    {
        if (ShouldProcess(Name ?? "an image without a name", $"Make an image {source}"))
            WriteObject(RunInBackground($"Making the image '{Name}'", null, make));
    }
}
