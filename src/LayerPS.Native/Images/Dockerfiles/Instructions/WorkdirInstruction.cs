namespace LayerPS.Dockerfiles;

/// <summary><c>WORKDIR path</c>: where commands run; made where it is missing.</summary>
internal sealed record WorkdirInstruction : Instruction
{
    internal required Word Value { get; init; }

    internal static WorkdirInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Value = arguments.NotEmpty("a directory").Text,
    };
}
