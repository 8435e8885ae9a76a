namespace LayerPS.Archives;

/// <summary>The type flags of tar headers, see tar(5).</summary>
internal static class TarEntryTypes
{
    /// <returns>Null for a flag of no known meaning.</returns>
    internal static TarEntryType? Of(byte flag, ReadOnlySpan<byte> name) => flag switch
    {
        // The oldest archives have no directories but names that end with a slash.
        0 or (byte)'0' or (byte)'7' => name.EndsWith("/"u8) ? TarEntryType.Directory : TarEntryType.File,
        (byte)'S' => TarEntryType.File,
        (byte)'1' => TarEntryType.HardLink,
        (byte)'2' => TarEntryType.SymbolicLink,
        (byte)'3' => TarEntryType.CharacterDevice,
        (byte)'4' => TarEntryType.BlockDevice,
        (byte)'5' or (byte)'D' => TarEntryType.Directory,
        (byte)'6' => TarEntryType.Fifo,
        _ => null,
    };

    internal static byte FlagOf(TarEntryType type) => type switch
    {
        TarEntryType.File => (byte)'0',
        TarEntryType.HardLink => (byte)'1',
        TarEntryType.SymbolicLink => (byte)'2',
        TarEntryType.CharacterDevice => (byte)'3',
        TarEntryType.BlockDevice => (byte)'4',
        TarEntryType.Directory => (byte)'5',
        _ => (byte)'6',
    };
}
