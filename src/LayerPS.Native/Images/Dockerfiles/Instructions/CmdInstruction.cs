namespace LayerPS.Dockerfiles;

/// <summary><c>CMD command</c>: what containers of the image run unless they say otherwise.</summary>
internal sealed record CmdInstruction : Instruction
{
    /// <summary>Without words, the image has none.</summary>
    internal required CommandForm Command { get; init; }

    internal static CmdInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Command = arguments.NotEmpty("a command").Command(),
    };
}
