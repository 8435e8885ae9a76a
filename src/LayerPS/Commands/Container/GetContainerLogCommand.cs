using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>Get-ContainerLog: what containers wrote to standard output and standard error.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerLog")]
[OutputType(typeof(ContainerLogEntry))]
public sealed class GetContainerLogCommand : ParallelCommand
{
    /// <summary>Only that many lines from the end of each log.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Only lines written at or after that time.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Goes on with what is written later, until the containers have ended.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    private ContainerLogOptions Options => new() { Tail = Tail, Since = Since, Follow = Follow };

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (Follow) RunBeside(container, () => ReadTo(container, entry => Post(() => WriteObject(entry)), EndToken));
        else ReadTo(container, WriteObject, StopToken);
    }

    private void ReadTo(Container container, Action<ContainerLogEntry> output, CancellationToken cancellationToken)
    {
        foreach (ContainerLogEntry entry in Engine.Containers.ReadLog(container, Options, cancellationToken)) output(entry);
    }
}
