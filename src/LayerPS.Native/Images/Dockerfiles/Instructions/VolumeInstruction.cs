namespace LayerPS.Dockerfiles;

/// <summary><c>VOLUME path …</c>: the directories that are volumes in containers.</summary>
internal sealed record VolumeInstruction : Instruction
{
    internal required IReadOnlyList<Word> Paths { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static VolumeInstruction Read(InstructionArguments arguments)
    {
        IReadOnlyList<Word> paths = arguments.NotEmpty("a path").JsonOrWords();
        if (paths.Count == 0) throw arguments.Text.Fault("the array of paths is empty");
        return new VolumeInstruction
        {
            Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line, Paths = paths,
        };
    }
}
