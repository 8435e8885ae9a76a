using System.Management.Automation;
using LayerPS.Abstractions;
using LayerPS.Arguments;

namespace LayerPS.Commands;

/// <summary>
/// Connect-Container: what running containers write from now on, and what they read. A person's terminal is connected
/// with that of a container which has one.
/// </summary>
[Cmdlet(VerbsCommunications.Connect, "Container")]
[Alias("Attach-Container")]
[OutputType(typeof(string))]
public sealed class ConnectContainerCommand : ContainerInputCommand
{
    /// <summary>What the container reads from standard input: bytes, or text line by line.</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>Nothing is said to the container.</summary>
    [Parameter]
    public SwitchParameter NoInput { get; set; }

    /// <summary>The keys by which a terminal is left, with commas between.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? DetachKeys { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (!NoInput) FindInput(nameof(InputObject));
        if (HasInput) AttemptEach(Container, Process);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (HasInput) Say(InputObject);
        else base.Process();
    }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        this.SetExitCode(ForegroundOutput.EngineFailure);
        ForegroundOutput.CheckDetachKeys(DetachKeys);
        if (HasInput) FollowWithInput(container);
        else if (container.Config.Tty && ForegroundOutput.HasTerminal) Finish(Talk(container));
        else Finish(Engine.Containers.Connect(container, null, this.WriteLine, StopToken));
    }

    private ContainerExit? Talk(Container container) => Engine.Containers.ConnectTerminal(
        container, container.Config.Interactive && !NoInput, DetachKeys, StopToken);

    private void FollowWithInput(Container container) => RunBeside(container, input =>
    {
        ContainerExit exit = Engine.Containers.Connect(
            container, input, entry => Post(() => this.WriteLine(entry)), EndToken);
        Post(() => Finish(exit));
    });

    // Whoever has left it asks for nothing more.
    private void Finish(ContainerExit? exit) =>
        this.SetExitCode(exit is null ? 0 : exit.ExitCode ?? ForegroundOutput.EngineFailure);
}
