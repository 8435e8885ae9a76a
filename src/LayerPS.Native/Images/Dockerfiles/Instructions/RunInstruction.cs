namespace LayerPS.Dockerfiles;

/// <summary><c>RUN [--mount=…] [--network=…] command</c></summary>
internal sealed record RunInstruction : Instruction
{
    internal required CommandForm Command { get; init; }

    /// <summary>The values of --mount.</summary>
    internal required IReadOnlyList<RunMount> Mounts { get; init; }

    /// <summary>The value of --network: default, none or host.</summary>
    internal Word? Network { get; init; }

    /// <summary>The lines below, which the shell reads.</summary>
    internal IReadOnlyList<HereDocument> HereDocuments { get; init; } = [];

    /// <summary>
    /// True where the here-document is the command itself: <c>RUN &lt;&lt;EOF</c>.
    /// </summary>
    internal bool IsScript => HereDocuments is [var only] && Command.IsShell && Command.Words[0] == only.Word;

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static RunInstruction Read(InstructionArguments arguments)
    {
        CommandForm command = arguments.NotEmpty("a command").Command();
        if (command.Words.Count == 0) throw arguments.Text.Fault("the array of the command is empty");
        if (arguments.Flags["security"] is { } security)
        {
            throw security.Whole.Fault(
                "RUN --security is not supported: every step runs with the capabilities that containers have");
        }

        return new RunInstruction
        {
            Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line,
            Command = command, Mounts = [.. arguments.Flags.All("mount").Select(static flag => RunMount.Read(flag.Required))],
            Network = arguments.Flags["network"]?.Required,
            HereDocuments = command.IsShell ? arguments.Line.HereDocuments : [],
        };
    }
}
