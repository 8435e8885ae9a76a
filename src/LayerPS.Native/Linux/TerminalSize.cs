namespace LayerPS.Linux;

/// <summary>How many characters a terminal shows.</summary>
internal readonly record struct TerminalSize(ushort Rows, ushort Columns);
