namespace LayerPS.Dockerfiles;

/// <summary><c>SHELL ["program", "argument", …]</c>: what runs the commands that are given as a line.</summary>
internal sealed record ShellInstruction : Instruction
{
    internal required IReadOnlyList<string> Shell { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static ShellInstruction Read(InstructionArguments arguments)
    {
        const string Expected = "a JSON array, such as [\"/bin/bash\", \"-c\"]";
        return arguments.NotEmpty(Expected).TryJson() is { Count: > 0 } shell
            ? new ShellInstruction
            {
                Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line, Shell = shell,
            }
            : throw arguments.Text.Fault($"SHELL wants {Expected}");
    }
}
