using System.Management.Automation;
using System.Runtime.ExceptionServices;
using LayerPS.Abstractions;
using LayerPS.Arguments;

namespace LayerPS.Commands;

/// <summary>
/// Invoke-Container: makes a container, starts it, and writes what it says: standard output as strings, standard error
/// as information with the tag <c>stderr</c>. Never as errors, for there one line of warning would end a pipeline.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "Container", SupportsShouldProcess = true, DefaultParameterSetName = ForegroundSet)]
[Alias("Run-Container")]
[OutputType(typeof(string), ParameterSetName = [ForegroundSet])]
[OutputType(typeof(Container), ParameterSetName = [DetachedSet])]
public sealed class InvokeContainerCommand : ContainerMakingCommand, IDisposable
{
    private const string ForegroundSet = "Foreground", DetachedSet = "Detached";

    private readonly ParallelWork _work = new();
    private PipelineInput? _input;
    private bool _isImageTyped;
    private int _exitCode;

    /// <summary>The container goes on by itself, and is written as an object.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DetachedSet)]
    public SwitchParameter Detach { get; set; }

    /// <summary>With -Interactive and -Tty, the keys by which the terminal is left, with commas between.</summary>
    [Parameter(ParameterSetName = ForegroundSet)]
    [AllowEmptyString]
    public string? DetachKeys { get; set; }

    /// <summary>Another exit code than 0 is an error.</summary>
    [Parameter(ParameterSetName = ForegroundSet)]
    public SwitchParameter ErrorOnExitCode { get; set; }

    /// <summary>With -Interactive, what the container reads from standard input: bytes, or text line by line.</summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = ForegroundSet)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA1816", Justification = "There is no finalizer, and no need of one.")]
    public void Dispose() => _work.Cancel();

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        _work.Cancel();
        base.StopProcessing();
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        // Where the image is on the command line, the pipeline has something else.
        _isImageTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Image));
        bool isFed = MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
        if (!Interactive || Detach || !_isImageTyped || !isFed) return;
        _input = new PipelineInput();
        Run(RunWithInput);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (_input is not null)
        {
            _input.Say(InputBytes.Of(InputObject), _work.DoPosted, StopToken);
            return;
        }

        if (_isImageTyped && InputBytes.IsContent(InputObject))
        {
            throw new EngineException(
                EngineErrors.ContainerOptionInvalid,
                "Text and bytes from the pipeline are a container's standard input only with -Interactive.", InputObject);
        }

        Run(Detach ? RunDetached : RunInForeground);
    }

    /// <inheritdoc/>
    protected override void End()
    {
        _input?.Complete();
        _work.DoAll(StopToken);
    }

    private void Run(Action run)
    {
        if (!ShouldProcess(Described, "Make and start the container")) return;
        _exitCode = ForegroundOutput.EngineFailure;
        Attempt(Image.ToString(), run);
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
        // Before anything is made.
        ForegroundOutput.CheckDetachKeys(DetachKeys);
        if (Interactive && Tty) ForegroundOutput.RequireTerminal();
        Container container = Create();
        Finish(container.Config is { Interactive: true, Tty: true }
            ? Engine.Containers.RunInTerminal(container, DetachKeys, StopToken)
            : Engine.Containers.Run(container, container.Config.Interactive ? [] : null, this.WriteLine, StopToken));
    }

    private void RunWithInput()
    {
        Container container = Create();
        PipelineInput input = _input!;
        ContainerExit? exit = null;
        _work.Begin(
            container.Name,
            () =>
            {
                try
                {
                    exit = Engine.Containers.Run(
                        container, input.Read(_work.EndToken), entry => _work.Post(() => this.WriteLine(entry)), _work.EndToken);
                }
                finally
                {
                    // It reads no more.
                    input.Complete();
                }
            },
            failure =>
            {
                Attempt(container.Name, () =>
                {
                    if (failure is not null) ExceptionDispatchInfo.Throw(failure);
                    Finish(exit!);
                });
                this.SetExitCode(_exitCode);
            });
    }

    private void Finish(ContainerExit? exit)
    {
        _exitCode = exit is null ? 0 : exit.ExitCode ?? ForegroundOutput.EngineFailure;
        // Whoever has left its terminal asks for nothing more.
        if (exit is null) return;
        exit.ThrowIfBroken();
        if (ErrorOnExitCode) exit.ThrowIfNotZero();
    }
}
