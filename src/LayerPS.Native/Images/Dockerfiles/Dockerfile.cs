namespace LayerPS.Dockerfiles;

/// <summary>A Dockerfile, read: its directives and instructions (docs.docker.com, "Dockerfile reference").</summary>
/// <param name="File">The text.</param>
/// <param name="Directives">What stands above all.</param>
/// <param name="Instructions">In their order.</param>
internal sealed record Dockerfile(
    DockerfileText File, ParserDirectives Directives, IReadOnlyList<Instruction> Instructions)
{
    /// <param name="name">What it is called in messages.</param>
    /// <param name="content">The text.</param>
    /// <exception cref="EngineException">DockerfileInvalid: the message has file, line, column and the line itself.</exception>
    internal static Dockerfile Read(string name, string content)
    {
        DockerfileText file = new(name, content);
        ParserDirectives directives = ParserDirectives.Read(file);
        List<Instruction> instructions =
        [
            .. new InstructionLineReader(file, directives.Escape, directives.LineCount).Read()
                .Select(static line => InstructionReader.Read(line)),
        ];
        Instruction? first = instructions.Find(static instruction => instruction is not ArgInstruction);
        if (first is null)
            throw file.Fault(new TextPosition(file.Lines.Length, 1), "a Dockerfile has at least one FROM; this has none");
        if (first is not FromInstruction)
            throw first.Fault($"{first.Keyword} stands before the first FROM; only ARG may");
        return new Dockerfile(file, directives, instructions);
    }
}
