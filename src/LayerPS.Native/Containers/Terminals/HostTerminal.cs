using LayerPS.Linux;

namespace LayerPS.Containers;

/// <summary>The terminal that a person sits at.</summary>
/// <param name="Input">Where what is typed is read.</param>
/// <param name="Output">Where what is to be shown is written.</param>
internal sealed record HostTerminal(int Input, int Output)
{
    internal TerminalSize Size => Terminals.GetSize(Output);

    /// <summary>That of this process; null where its standard input or output is another thing.</summary>
    internal static HostTerminal? TryOpen() =>
        Terminals.IsTerminal(0) && Terminals.IsTerminal(1) ? new HostTerminal(0, 1) : null;

    /// <exception cref="EngineException">HostTerminalMissing.</exception>
    internal static HostTerminal Open() => TryOpen() ?? throw new EngineException(
        EngineErrors.HostTerminalMissing, "This session has no terminal: its standard input or output is a file or a pipe.");
}
