using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Arguments;

namespace LayerPS.Commands;

/// <summary>
/// Invoke-ContainerCommand: a further command in running containers. It writes as Invoke-Container does; what comes
/// through the pipeline is the command's standard input, where the containers are not.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "ContainerCommand", SupportsShouldProcess = true, DefaultParameterSetName = OutputSet)]
[Alias("Exec-Container")]
[OutputType(typeof(string), ParameterSetName = [OutputSet])]
[OutputType(typeof(CommandResult), ParameterSetName = [ResultSet])]
[OutputType(typeof(void), ParameterSetName = [DetachedSet])]
public sealed class InvokeContainerCommandCommand : ContainerInputCommand
{
    private const string OutputSet = "Output", ResultSet = "Result", DetachedSet = "Detached";

    /// <summary>The program and its arguments.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromRemainingArguments = true)]
    [Alias("Cmd")]
    [CommandArgument]
    public string[] Command { get; set; } = [];

    /// <summary>What the command reads from standard input: bytes, or text line by line.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = OutputSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = ResultSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

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

    /// <summary>The command has a terminal for its standard streams.</summary>
    [Parameter(ParameterSetName = OutputSet)]
    [Parameter(ParameterSetName = ResultSet)]
    public SwitchParameter Tty { get; set; }

    /// <summary>With -Tty, and nothing from the pipeline, the command is connected with the terminal of this session.</summary>
    [Parameter(ParameterSetName = OutputSet)]
    public SwitchParameter Interactive { get; set; }

    /// <summary>The keys by which that terminal is left, with commas between.</summary>
    [Parameter(ParameterSetName = OutputSet)]
    [AllowEmptyString]
    public string? DetachKeys { get; set; }

    /// <summary>The command goes on by itself; it reads nothing and nobody reads what it writes.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DetachedSet)]
    public SwitchParameter Detach { get; set; }

    /// <summary>Writes how the command ended and all that it said as one object.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResultSet)]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Another exit code than 0 is an error.</summary>
    [Parameter(ParameterSetName = OutputSet)]
    [Parameter(ParameterSetName = ResultSet)]
    public SwitchParameter ErrorOnExitCode { get; set; }

    private CommandOptions Options => new()
    {
        Command = Command, Environment = Environment, WorkingDirectory = WorkingDirectory, User = User,
        Tty = Tty,
    };

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (!Detach) FindInput(nameof(InputObject));
        if (HasInput) RunEach();
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (HasInput) Say(InputObject);
        else RunEach();
    }

    private void RunEach()
    {
        ContainerCommandLine.Check(Command, MyInvocation.MyCommand);
        AttemptEach(Container, Process);
    }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        if (!ShouldProcess(container.Name, $"Run the command '{string.Join(' ', Command)}'")) return;
        this.SetExitCode(ForegroundOutput.EngineFailure);
        ForegroundOutput.CheckDetachKeys(DetachKeys);
        if (HasInput) RunWithInput(container);
        else if (Interactive && Tty)
            Finish(Engine.Containers.ExecuteInTerminal(container, Options, DetachKeys, StopToken));
        else if (Detach) Finish(Engine.Containers.ExecuteDetached(container, Options));
        else Finish(Engine.Containers.Execute(container, Options, null, PassThru ? null : this.WriteLine, StopToken));
    }

    private void RunWithInput(Container container) => RunBeside(container, input =>
    {
        CommandResult result = Engine.Containers.Execute(
            container, Options, input, PassThru ? null : entry => Post(() => this.WriteLine(entry)), EndToken);
        Post(() => Finish(result));
    });

    private void Finish(CommandResult result)
    {
        this.SetExitCode(result.ExitCode);
        result.ThrowIfBroken();
        if (PassThru) WriteObject(result);
        if (ErrorOnExitCode) result.ThrowIfNotZero();
    }
}
