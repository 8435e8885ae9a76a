using LayerPS.Arguments;

namespace LayerPS.Abstractions;

/// <summary>What cmdlets share that hand what comes through the pipeline to something in several containers at once.</summary>
public abstract class ContainerInputCommand : ParallelCommand
{
    private readonly List<PipelineInput> _inputs = [];

    /// <summary>The pipeline has what is to be read inside; false where it has the containers, or nothing.</summary>
    private protected bool HasInput { get; private set; }

    /// <summary>To be called at the beginning: looks what the pipeline has.</summary>
    /// <param name="inputParameter">The parameter that takes the input.</param>
    private protected void FindInput(string inputParameter)
    {
        // Where the containers are on the command line, the pipeline has something else.
        bool isTyped = MyInvocation.BoundParameters.ContainsKey(nameof(Container));
        HasInput = isTyped
            && (MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(inputParameter));
    }

    /// <summary>Hands bytes, or a line of text, to all that read.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    private protected void Say(object? inputObject)
    {
        ReadOnlyMemory<byte> bytes = InputBytes.Of(inputObject);
        foreach (PipelineInput input in _inputs) input.Say(bytes, DoPosted, StopToken);
    }

    /// <summary>As <see cref="ParallelCommand.RunBeside"/>, for work that reads the input.</summary>
    /// <param name="container">What it is about.</param>
    /// <param name="work">Given what it reads.</param>
    private protected void RunBeside(Container container, Action<IEnumerable<ReadOnlyMemory<byte>>> work)
    {
        PipelineInput input = new();
        _inputs.Add(input);
        RunBeside(container, () =>
        {
            try
            {
                work(input.Read(EndToken));
            }
            finally
            {
                // It reads no more.
                input.Complete();
            }
        });
    }

    /// <inheritdoc/>
    protected override void End()
    {
        foreach (PipelineInput input in _inputs) input.Complete();
        base.End();
    }
}
