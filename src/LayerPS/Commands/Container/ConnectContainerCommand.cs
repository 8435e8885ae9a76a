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
public sealed class ConnectContainerCommand : ParallelCommand
{
    private readonly List<PipelineInput> _inputs = [];
    private bool _hasInput;

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
        // Where the containers are on the command line, the pipeline has something else.
        bool isTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Container));
        _hasInput = isTyped && !NoInput
            && (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)));
        if (_hasInput) AttemptEach(Container, Process);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (!_hasInput)
        {
            base.Process();
            return;
        }

        ReadOnlyMemory<byte> bytes = InputBytes.Of(InputObject);
        foreach (PipelineInput input in _inputs) input.Say(bytes, DoPosted, StopToken);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (PipelineInput input in _inputs) input.Complete();
        base.End();
    }

    /// <inheritdoc/>
    protected override void Process(Container container)
    {
        this.SetExitCode(ForegroundOutput.EngineFailure);
        if (_hasInput) FollowWithInput(container);
        else if (container.Config.Tty && ForegroundOutput.HasTerminal) Finish(Talk(container));
        else Finish(Engine.Containers.Connect(container, null, this.WriteLine, StopToken));
    }

    private ContainerExit? Talk(Container container) => Engine.Containers.ConnectTerminal(
        container, container.Config.Interactive && !NoInput, DetachKeys, StopToken);

    private void FollowWithInput(Container container)
    {
        if (!container.Config.Interactive)
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid,
                $"The input of the container '{container.Name}' is not open; only one made with -Interactive has one.",
                container.Name);
        }

        PipelineInput input = new();
        _inputs.Add(input);
        RunBeside(container, () =>
        {
            try
            {
                ContainerExit exit = Engine.Containers.Connect(
                    container, input.Read(EndToken), entry => Post(() => this.WriteLine(entry)), EndToken);
                Post(() => Finish(exit));
            }
            finally
            {
                // It reads no more.
                input.Complete();
            }
        });
    }

    // Whoever has left it asks for nothing more.
    private void Finish(ContainerExit? exit) =>
        this.SetExitCode(exit is null ? 0 : exit.ExitCode ?? ForegroundOutput.EngineFailure);
}
