namespace LayerPS.Dockerfiles;

/// <summary><c>STOPSIGNAL signal</c>: what asks a container to end.</summary>
internal sealed record StopSignalInstruction : Instruction
{
    internal required Word Signal { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static StopSignalInstruction Read(InstructionArguments arguments)
    {
        IReadOnlyList<Word> words = arguments.NotEmpty("a signal").Words;
        if (words.Count > 1) throw words[1].Fault("STOPSIGNAL takes one signal");
        return new StopSignalInstruction
        {
            Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line, Signal = words[0],
        };
    }
}
