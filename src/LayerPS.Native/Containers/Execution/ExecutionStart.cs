using System.Globalization;

namespace LayerPS.Containers;

/// <summary>How the start of a further command went, as the runtime tells it in one line.</summary>
/// <param name="ExitCode">0 when it runs; else 126, 127, or 125 for a failure that is not the command's.</param>
/// <param name="Error">Why it could not be started; null when it runs.</param>
internal sealed record ExecutionStart(int ExitCode, string? Error)
{
    private const int RuntimeFailed = 125;

    /// <param name="line">Empty when the command runs; null when the runtime ended without a word.</param>
    internal static ExecutionStart Parse(string? line)
    {
        if (line is "") return new ExecutionStart(0, null);
        if (line is null) return new ExecutionStart(RuntimeFailed, "The runtime ended before it said anything.");
        string[] parts = line.Split(' ', 2);
        return int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int code)
            ? new ExecutionStart(code, parts[^1])
            : new ExecutionStart(RuntimeFailed, line);
    }
}
