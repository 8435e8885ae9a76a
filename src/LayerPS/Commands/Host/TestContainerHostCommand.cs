using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Completion;

namespace LayerPS.Commands;

/// <summary>Test-ContainerHost: what this machine and this user can do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ContainerHost", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(HostCheck), ParameterSetName = [ObjectSet])]
[OutputType(typeof(bool), ParameterSetName = [QuietSet])]
public sealed class TestContainerHostCommand : EngineCommand
{
    private const string ObjectSet = "Object", QuietSet = "Quiet";

    private bool _failed;

    /// <summary>Which checks to make; all of them where this is not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(HostCheckCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only whether containers can run.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuietSet)]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (Name.Length == 0) Write(ContainerHost.Inspect());
        else AttemptEach(Name, name => Write(ContainerHost.Inspect([name])));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Quiet) WriteObject(!_failed);
    }

    private void Write(IEnumerable<HostCheck> checks)
    {
        foreach (HostCheck check in checks)
        {
            StopToken.ThrowIfCancellationRequested();
            _failed |= check.Status == HostCheckStatus.Failed;
            if (!Quiet) WriteObject(check);
        }
    }
}
