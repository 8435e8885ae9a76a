namespace LayerPS.Dockerfiles;

/// <summary><c>ENTRYPOINT command</c>: what goes before the command.</summary>
internal sealed record EntrypointInstruction : Instruction
{
    /// <summary>Without words, the image has none.</summary>
    internal required CommandForm Command { get; init; }

    internal static EntrypointInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Command = arguments.NotEmpty("a command").Command(),
    };
}
