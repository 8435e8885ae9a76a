namespace LayerPS.Dockerfiles;

/// <summary><c>ENV name=value …</c></summary>
internal sealed record EnvInstruction : Instruction
{
    internal required IReadOnlyList<NameValue> Pairs { get; init; }

    internal static EnvInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Pairs = NameValue.ReadAll(arguments),
    };
}
