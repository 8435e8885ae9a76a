namespace LayerPS.Dockerfiles;

/// <summary><c>ARG name[=default] …</c>: what -BuildArgument may give a value.</summary>
internal sealed record ArgInstruction : Instruction
{
    /// <summary>The names, each with its default, or null where it has none.</summary>
    internal required IReadOnlyList<(Word Name, Word? Default)> Names { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static ArgInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Names = [.. arguments.NotEmpty("the name of an argument").Words.Select(Split)],
    };

    private static (Word Name, Word? Default) Split(Word word)
    {
        int equals = word.Raw.IndexOf('=', StringComparison.Ordinal);
        if (equals == 0) throw word.Fault("the name before '=' is empty");
        return equals < 0 ? (word, null) : (word.Part(0, equals), word.From(equals + 1));
    }
}
