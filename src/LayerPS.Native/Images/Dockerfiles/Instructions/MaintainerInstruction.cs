namespace LayerPS.Dockerfiles;

/// <summary><c>MAINTAINER name</c>: who made the image; a LABEL says it better.</summary>
internal sealed record MaintainerInstruction : Instruction
{
    internal required Word Value { get; init; }

    internal static MaintainerInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Value = arguments.NotEmpty("a name").Text,
    };
}
