using System.Globalization;

namespace LayerPS.Linux;

/// <summary>Signals by name and number, see signal(7). The numbers are those of x86 and ARM.</summary>
internal static class Signals
{
    private const string Prefix = "SIG";
    private const int RealTimeMinimum = 34;
    private const int Maximum = 64;

    /// <summary>The name of each signal, without SIG, at the place of its number.</summary>
    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>Every name there is, for example SIGTERM.</summary>
    internal static IEnumerable<string> All => Names.Skip(1).Select(static name => Prefix + name);

    /// <summary>The name of a signal, for example SIGTERM; its number where it has none.</summary>
    internal static string NameOf(int number) => number > 0 && number < Names.Length
        ? Prefix + Names[number]
        : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of a signal, given as SIGTERM, TERM, 15 or SIGRTMIN+3, in upper or lower case.</summary>
    internal static bool TryParse(string text, out int number)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            return number is > 0 and <= Maximum;

        string name = text.ToUpperInvariant();
        if (name.StartsWith(Prefix, StringComparison.Ordinal)) name = name[Prefix.Length..];
        number = name.Length == 0 ? -1 : Array.IndexOf(Names, name);
        if (number > 0) return true;

        bool fromMinimum = name.StartsWith("RTMIN", StringComparison.Ordinal);
        if (!fromMinimum && !name.StartsWith("RTMAX", StringComparison.Ordinal)) return false;
        int offset = 0;
        string rest = name["RTMIN".Length..];
        bool isOffset = rest.Length == 0 || int.TryParse(
            rest, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out offset);
        number = (fromMinimum ? RealTimeMinimum : Maximum) + offset;
        return isOffset && number is >= RealTimeMinimum and <= Maximum;
    }
}
