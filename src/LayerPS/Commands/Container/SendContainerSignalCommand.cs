using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;

namespace LayerPS.Commands;

/// <summary>Send-ContainerSignal: sends a signal to the first process of containers.</summary>
[Cmdlet(VerbsCommunications.Send, "ContainerSignal", SupportsShouldProcess = true)]
[Alias("Kill-Container")]
[OutputType(typeof(Container))]
public sealed class SendContainerSignalCommand : ContainerCommand
{
    /// <summary>The signal, by name or number. A container object's own Signal, with which it ended, is not meant.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SignalCompleter))]
    public string Signal { get; set; } = "SIGKILL";

    /// <summary>The containers are written as objects.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, $"Send {Signal} to the container")) return;
        Container sent = Engine.Containers.Signal(container, Signal);
        if (PassThru) WriteObject(sent);
    }
}
