using System.Management.Automation;
using LayerPS.Abstractions;

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
}
