using System.Globalization;
using System.Text;

namespace LayerPS.Runtime.Init;

/// <summary>
/// A start that failed, as it goes from the init stage through the pipe to the monitor: the exit code that shells
/// have for it (126 not executable, 127 not found, 125 anything else), a blank, and the message.
/// </summary>
internal sealed record StartFailure(int ExitCode, string Message)
{
    internal const int RuntimeFailed = 125;
    internal const int NotExecutable = 126;
    internal const int NotFound = 127;

    internal byte[] ToBytes() =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{ExitCode} {Message}"));

    /// <summary>The same in one line, without its end.</summary>
    internal string ToLine() => string.Create(
        CultureInfo.InvariantCulture, $"{ExitCode} {Message.ReplaceLineEndings(" ")}");

    internal static StartFailure Parse(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        int blank = text.IndexOf(' ');
        return new StartFailure(int.Parse(text.AsSpan(0, blank), CultureInfo.InvariantCulture), text[(blank + 1)..]);
    }
}
