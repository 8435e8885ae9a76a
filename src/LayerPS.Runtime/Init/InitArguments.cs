using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LayerPS.Runtime.Init;

/// <summary>What the monitor hands to the init stage: the descriptors that become its own, and the one for failures.</summary>
internal sealed record InitArguments(int Report, int Input, int Output, int Error)
{
    internal const string Command = "init";

    internal static bool TryParse(string[] arguments, [NotNullWhen(true)] out InitArguments? parsed)
    {
        int[] numbers = new int[4];
        parsed = null;
        if (arguments.Length != numbers.Length + 1) return false;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i])) return false;
        }

        parsed = new InitArguments(numbers[0], numbers[1], numbers[2], numbers[3]);
        return true;
    }

    internal IReadOnlyList<string> ToCommandLine(string program) =>
    [
        program, Command,
        Report.ToString(CultureInfo.InvariantCulture), Input.ToString(CultureInfo.InvariantCulture),
        Output.ToString(CultureInfo.InvariantCulture), Error.ToString(CultureInfo.InvariantCulture),
    ];
}
