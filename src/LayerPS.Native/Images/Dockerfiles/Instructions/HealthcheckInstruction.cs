using System.Globalization;

namespace LayerPS.Dockerfiles;

/// <summary><c>HEALTHCHECK [flags] CMD command</c>, or <c>HEALTHCHECK NONE</c>.</summary>
internal sealed record HealthcheckInstruction : Instruction
{
    /// <summary>Null for NONE.</summary>
    internal CommandForm? Command { get; init; }

    internal TimeSpan? Interval { get; init; }

    internal TimeSpan? Timeout { get; init; }

    internal TimeSpan? StartPeriod { get; init; }

    internal TimeSpan? StartInterval { get; init; }

    internal int? Retries { get; init; }

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static HealthcheckInstruction Read(InstructionArguments arguments)
    {
        Word kind = arguments.NotEmpty("CMD and a command, or NONE").Words[0];
        CommandForm? command = null;
        if (kind.Raw.Equals("CMD", StringComparison.OrdinalIgnoreCase))
        {
            InstructionArguments inner = new(arguments.Line, kind.Raw, kind.Offset, InstructionArguments.NoFlags);
            command = inner.NotEmpty("a command").Command();
            if (command.Words.Count == 0) throw inner.Text.Fault("the array of the command is empty");
        }
        else if (!kind.Raw.Equals("NONE", StringComparison.OrdinalIgnoreCase))
        {
            throw kind.Fault($"'CMD' or 'NONE' was expected, not '{kind.Raw}'");
        }
        else if (arguments.Words.Count > 1)
        {
            throw arguments.Words[1].Fault("nothing follows NONE");
        }

        return new HealthcheckInstruction
        {
            Keyword = arguments.Keyword, Text = arguments.ToText(), Line = arguments.Line, Command = command,
            Interval = Duration(arguments, "interval"), Timeout = Duration(arguments, "timeout"),
            StartPeriod = Duration(arguments, "start-period"), StartInterval = Duration(arguments, "start-interval"),
            Retries = RetriesOf(arguments),
        };
    }

    private static TimeSpan? Duration(InstructionArguments arguments, string flag) =>
        arguments.Flags[flag]?.Required is not { } value ? null
        : DurationText.TryParse(value.Raw) is { } time && time >= TimeSpan.Zero ? time
        : throw value.Fault($"--{flag} wants a duration such as 30s, 1m30s or 500ms, not '{value.Raw}'");

    private static int? RetriesOf(InstructionArguments arguments)
    {
        if (arguments.Flags["retries"]?.Required is not { } value) return null;
        return int.TryParse(value.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out int retries)
            ? retries
            : throw value.Fault($"--retries wants a whole number, not '{value.Raw}'");
    }
}
