using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Arguments;

namespace LayerPS.Commands;

/// <summary>Checkpoint-Container: makes images of containers, whose writable layers become read-only ones.</summary>
[Cmdlet(VerbsData.Checkpoint, "Container", SupportsShouldProcess = true)]
[Alias("Commit-Container")]
[OutputType(typeof(Image))]
public sealed class CheckpointContainerCommand : ContainerCommand
{
    /// <summary>The image's name; it has none where this is not given.</summary>
    [Parameter(Position = 1)]
    [Alias("Tag")]
    [ValidateNotNullOrEmpty]
    public string? ImageName { get; set; }

    /// <summary>What the image's containers do otherwise: a hashtable, or instructions of a Dockerfile.</summary>
    [Parameter]
    [ImageConfigChangeArgument]
    public ImageConfigChange? Change { get; set; }

    /// <summary>Who makes it.</summary>
    [Parameter]
    public string? Author { get; set; }

    /// <summary>Words about it.</summary>
    [Parameter]
    [Alias("Comment")]
    public string? Message { get; set; }

    /// <summary>A running container goes on meanwhile.</summary>
    [Parameter]
    public SwitchParameter NoPause { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, "Make an image of the container")) return;
        WriteObject(RunInBackground($"Making an image of '{container.Name}'", null, work => Engine.Containers.Checkpoint(
            container,
            new CheckpointOptions
            {
                Name = ImageName,
                Change = Change,
                Author = Author,
                Message = Message,
                NoPause = NoPause,
                Progress = work,
                Warning = work.Warn,
            },
            work.StopToken)));
    }
}
