namespace LayerPS.Dockerfiles;

/// <summary><c>EXPOSE port[-port][/protocol] …</c>: for people, and for those who publish all ports.</summary>
internal sealed record ExposeInstruction : Instruction
{
    internal required IReadOnlyList<Word> Ports { get; init; }

    internal static ExposeInstruction Read(InstructionArguments arguments) => new()
    {
        Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
        Ports = arguments.NotEmpty("a port").Words,
    };
}
