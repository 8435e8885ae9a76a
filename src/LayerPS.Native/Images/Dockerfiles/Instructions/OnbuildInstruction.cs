namespace LayerPS.Dockerfiles;

/// <summary><c>ONBUILD instruction</c>: kept in the image, and done first by builds that begin with it.</summary>
internal sealed record OnbuildInstruction : Instruction
{
    /// <summary>The instruction as text, the here-documents that it has below it.</summary>
    internal required string Trigger { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static OnbuildInstruction Read(InstructionArguments arguments)
    {
        Word trigger = arguments.NotEmpty("an instruction").Text;
        Instruction parsed = InstructionReader.Read(arguments.Line, trigger.Offset);
        if (parsed is FromInstruction or OnbuildInstruction or MaintainerInstruction)
            throw trigger.Fault($"ONBUILD {parsed.Keyword} is not allowed");
        return new OnbuildInstruction
        {
            Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
            Trigger = parsed.Text + arguments.HereDocumentText(),
        };
    }
}
