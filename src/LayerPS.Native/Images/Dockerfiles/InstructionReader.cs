namespace LayerPS.Dockerfiles;

/// <summary>Makes an instruction of its line.</summary>
internal static class InstructionReader
{
    private static readonly Dictionary<string, (Func<InstructionArguments, Instruction> Read, string[] Flags)> Rows = new()
    {
        ["FROM"] = (FromInstruction.Read, ["platform"]),
        ["RUN"] = (RunInstruction.Read, ["mount*", "network", "security"]),
        ["CMD"] = (CmdInstruction.Read, []),
        ["LABEL"] = (LabelInstruction.Read, []),
        ["MAINTAINER"] = (MaintainerInstruction.Read, []),
        ["EXPOSE"] = (ExposeInstruction.Read, []),
        ["ENV"] = (EnvInstruction.Read, []),
        ["ADD"] = (CopyInstruction.Read, CopyInstruction.AddFlags),
        ["COPY"] = (CopyInstruction.Read, CopyInstruction.CopyFlags),
        ["ENTRYPOINT"] = (EntrypointInstruction.Read, []),
        ["VOLUME"] = (VolumeInstruction.Read, []),
        ["USER"] = (UserInstruction.Read, []),
        ["WORKDIR"] = (WorkdirInstruction.Read, []),
        ["ARG"] = (ArgInstruction.Read, []),
        ["ONBUILD"] = (OnbuildInstruction.Read, InstructionArguments.NoFlags),
        ["STOPSIGNAL"] = (StopSignalInstruction.Read, []),
        ["HEALTHCHECK"] = (
            HealthcheckInstruction.Read, ["interval", "timeout", "start-period", "start-interval", "retries"]),
        ["SHELL"] = (ShellInstruction.Read, []),
    };

    /// <summary>The words that begin an instruction.</summary>
    internal static IEnumerable<string> Keywords => Rows.Keys;

    /// <param name="line">The line.</param>
    /// <param name="start">Where the instruction begins in it.</param>
    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static Instruction Read(InstructionLine line, int start = 0)
    {
        int end = start;
        while (end < line.Text.Length && !Word.IsBlank(line.Text[end])) end++;
        string keyword = line.Text[start..end];
        if (Rows.TryGetValue(keyword.ToUpperInvariant(), out var row))
            return row.Read(new InstructionArguments(line, keyword, start, row.Flags));
        string? nearest = NearestName.Of(keyword.ToUpperInvariant(), Keywords);
        string suggestion = nearest is null
            ? $"; an instruction is one of {string.Join(", ", Keywords.Order(StringComparer.Ordinal))}"
            : $". Did you mean '{nearest}'?";
        throw line.Fault(start, $"there is no instruction '{keyword}'{suggestion}");
    }
}
