namespace LayerPS.Dockerfiles;

/// <summary><c>USER user[</c>:group]: as whom commands run.</summary>
internal sealed record UserInstruction : Instruction
{
    internal required Word Value { get; init; }

    internal static UserInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Value = arguments.NotEmpty("a user").Text,
    };
}
