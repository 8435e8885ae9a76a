namespace LayerPS.TestShell;

/// <summary>What the command line asks for, in pwsh's own words.</summary>
/// <param name="File">The script to run, or null.</param>
/// <param name="Command">The commands to run, <c>-</c> for those on standard input, or null.</param>
/// <param name="ScriptArguments">What follows the script's name, for the script itself.</param>
/// <param name="NonInteractive">Whether a prompt is an error.</param>
/// <param name="NoExit">Whether the interactive prompt follows the script or commands.</param>
internal sealed record HostArguments(
    string? File, string? Command, IReadOnlyList<string> ScriptArguments, bool NonInteractive, bool NoExit)
{
    internal const string Usage =
        "Usage: pshost [-NoProfile] [-NonInteractive] [-NoExit] [-File script [args...] | -Command {text... | -}]";

    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    internal static HostArguments Parse(string[] args)
    {
        var nonInteractive = false;
        var noExit = false;
        for (var i = 0; i < args.Length; i++)
        {
            var rest = args[(i + 1)..];
            switch (args[i].ToLowerInvariant())
            {
                case "-noprofile" or "-nop" or "-nologo":
                    break;
                case "-noninteractive" or "-noni":
                    nonInteractive = true;
                    break;
                case "-noexit" or "-noe":
                    noExit = true;
                    break;
                case "-file" or "-f":
                    return rest.Length > 0
                        ? new HostArguments(rest[0], null, rest[1..], nonInteractive, noExit)
                        : throw new ArgumentException("-File needs the path of a script.");
                case "-command" or "-c":
                    return rest.Length > 0
                        ? new HostArguments(null, string.Join(' ', rest), [], nonInteractive, noExit)
                        : throw new ArgumentException("-Command needs commands, or '-' for those on standard input.");
                case var option when option.StartsWith('-'):
                    throw new ArgumentException($"Unknown option '{args[i]}'.");
                default:
                    return new HostArguments(args[i], null, rest, nonInteractive, noExit);
            }
        }

        return new HostArguments(null, null, [], nonInteractive, noExit);
    }
}
