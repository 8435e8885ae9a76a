using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Arguments;
using LayerPS.Completion;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Copy-ContainerItem: copies files and directories into, out of and between containers.</summary>
[Cmdlet(VerbsCommon.Copy, "ContainerItem", SupportsShouldProcess = true)]
[Alias("Cp-Container")]
[OutputType(typeof(ContainerItemCopy))]
public sealed class CopyContainerItemCommand : EngineCommand
{
    /// <summary>What is copied: paths of the host, or CONTAINER:PATH.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerPathCompleter))]
    public string[] Path { get; set; } = [];

    /// <summary>Where to: a path of the host, or CONTAINER:PATH.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerPathCompleter))]
    public string Destination { get; set; } = "";

    /// <summary>The container that the paths are in; they have no CONTAINER: then.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Container")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity? FromContainer { get; set; }

    /// <summary>The containers that the destination is in; it has no CONTAINER: then.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerNameCompleter))]
    public ContainerIdentity[] ToContainer { get; set; } = [];

    /// <summary>Owners and groups are kept.</summary>
    [Parameter]
    public SwitchParameter Archive { get; set; }

    /// <summary>Of a source that is a link, what it leads to is copied.</summary>
    [Parameter]
    public SwitchParameter FollowLink { get; set; }

    /// <summary>What was copied is written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        ContainerPath to = ContainerPath.Parse(Destination, this, Engine.Containers, ToContainer);
        AttemptEach(Path, path =>
        {
            ContainerPath from = ContainerPath.Parse(path, this, Engine.Containers, FromContainer is null ? [] : [FromContainer]);
            if (!from.IsOfContainers && !to.IsOfContainers)
            {
                throw new EngineException(
                    EngineErrors.ContainerItemRefused, $"Neither '{path}' nor '{Destination}' is in a container.", path,
                    "Write CONTAINER:PATH, or say -FromContainer or -ToContainer. Copy-Item copies from here to here.");
            }

            foreach (FileLocation source in from.Find()) AttemptEach(to.Locations, target => Copy(source, target));
        });
    }

    private void Copy(FileLocation source, FileLocation target)
    {
        if (!ShouldProcess(source.ToString(), $"Copy to '{target}'")) return;
        ContainerCopyOptions options = new() { Archive = Archive, FollowLink = FollowLink };
        ContainerItemCopy copy = RunInBackground(
            $"Copying '{source}'", null, work => Engine.Containers.Copy(source, target, options, work.StopToken));
        if (PassThru) WriteObject(copy);
    }
}
