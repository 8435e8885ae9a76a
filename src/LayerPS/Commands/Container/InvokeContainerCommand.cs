using System.Management.Automation;
using LayerPS.Abstractions;

namespace LayerPS.Commands;

/// <summary>
/// Invoke-Container: makes a container, starts it, and writes what it says: standard output as strings, standard error
/// as information with the tag <c>stderr</c>. Never as errors, for there one line of warning would end a pipeline.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "Container", SupportsShouldProcess = true, DefaultParameterSetName = ForegroundSet)]
[Alias("Run-Container")]
[OutputType(typeof(string), ParameterSetName = [ForegroundSet])]
[OutputType(typeof(Container), ParameterSetName = [DetachedSet])]
public sealed class InvokeContainerCommand : ContainerMakingCommand
{
    private const string ForegroundSet = "Foreground", DetachedSet = "Detached";

    private int _exitCode;

    /// <summary>The container goes on by itself, and is written as an object.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DetachedSet)]
    public SwitchParameter Detach { get; set; }

    /// <summary>Another exit code than 0 is an error.</summary>
    [Parameter(ParameterSetName = ForegroundSet)]
    public SwitchParameter ErrorOnExitCode { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!ShouldProcess(Described, "Make and start the container")) return;
        _exitCode = ForegroundOutput.EngineFailure;
        Attempt(Image.ToString(), Detach ? RunDetached : RunInForeground);
        this.SetExitCode(_exitCode);
    }

    private void RunDetached()
    {
        Container started = Engine.Containers.TryStart(Create(), StopToken);
        _exitCode = started.ExitCode ?? 0;
        started.ToExit().ThrowIfBroken();
        WriteObject(started);
    }

    private void RunInForeground()
    {
        ContainerExit exit = Engine.Containers.Run(Create(), this.WriteLine, StopToken);
        _exitCode = exit.ExitCode ?? ForegroundOutput.EngineFailure;
        exit.ThrowIfBroken();
        if (ErrorOnExitCode) exit.ThrowIfNotZero();
    }
}
