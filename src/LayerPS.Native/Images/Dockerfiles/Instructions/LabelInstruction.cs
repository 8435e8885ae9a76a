namespace LayerPS.Dockerfiles;

/// <summary><c>LABEL name=value …</c></summary>
internal sealed record LabelInstruction : Instruction
{
    internal required IReadOnlyList<NameValue> Pairs { get; init; }

    internal static LabelInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Pairs = NameValue.ReadAll(arguments),
    };
}
