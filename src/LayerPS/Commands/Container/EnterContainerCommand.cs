using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Arguments;

namespace LayerPS.Commands;

/// <summary>Enter-Container: a shell, or another command, in running containers, for a person at a terminal.</summary>
[Cmdlet(VerbsCommon.Enter, "Container", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class EnterContainerCommand : ContainerCommand
{
    /// <summary>The program and its arguments; the image's shell where this is not given.</summary>
    [Parameter(Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Cmd")]
    [CommandArgument]
    public string[] Command { get; set; } = [];

    /// <summary>Environment variables besides the container's: a hashtable, or KEY=VALUE.</summary>
    [Parameter]
    [Alias("Env")]
    [KeyValueArgument]
    public string[] Environment { get; set; } = [];

    /// <summary>The directory that the command starts in.</summary>
    [Parameter]
    [Alias("WorkingDir")]
    public string? WorkingDirectory { get; set; }

    /// <summary>user[:group], by name or number.</summary>
    [Parameter]
    public string? User { get; set; }

    /// <summary>The keys by which the terminal is left, with commas between.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? DetachKeys { get; set; }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        ContainerCommandLine.Check(Command, MyInvocation.MyCommand);
        CommandOptions options = new()
        {
            Command = Command.Length > 0 ? Command : [Engine.Containers.ShellOf(container)],
            Environment = Environment,
            WorkingDirectory = WorkingDirectory,
            User = User,
        };
        if (!ShouldProcess(container.Name, $"Enter the container by '{string.Join(' ', options.Command)}'")) return;
        this.SetExitCode(ForegroundOutput.EngineFailure);
        CommandResult result = Engine.Containers.ExecuteInTerminal(container, options, DetachKeys, StopToken);
        this.SetExitCode(result.ExitCode);
        result.ThrowIfBroken();
    }
}
