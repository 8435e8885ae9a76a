using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Identities;

namespace LayerPS.Commands;

/// <summary>Export-Container: writes what containers see, each as one tar.</summary>
[Cmdlet(VerbsData.Export, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportContainerCommand : ContainerCommand
{
    /// <summary>The archive, or the directory that it is put into.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The archive is written as a file object.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        string path = this.ResolveFile(Path);
        if (Directory.Exists(path)) path = System.IO.Path.Combine(path, container.Name + ".tar");
        if (!ShouldProcess(container.Name, $"Export the container to '{path}'")) return;
        RunInBackground($"Exporting '{container.Name}'", null, work =>
        {
            Engine.Containers.Export(container, path, work, work.Warn, work.StopToken);
            return true;
        });
        if (PassThru) WriteObject(new FileInfo(path));
    }

    /// <inheritdoc/>
    protected override void Process(ContainerIdentity identity)
    {
        try
        {
            base.Process(identity);
        }
        catch (EngineException e) when (e.Definition == EngineErrors.ContainerNotFound && IsImage(identity.ToString()))
        {
            throw new EngineException(
                e.Definition, $"'{identity}' is an image, not a container.", identity.ToString(), "Use Save-Image for an image.", e);
        }
    }

    private bool IsImage(string name)
    {
        try
        {
            return Engine.Images.Resolve(name) is not null;
        }
        catch (EngineException)
        {
            return false;
        }
    }
}
