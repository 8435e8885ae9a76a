namespace LayerPS.Archives;

/// <summary>What an entry makes.</summary>
internal enum TarEntryType
{
    File,
    Directory,
    SymbolicLink,
    HardLink,
    CharacterDevice,
    BlockDevice,
    Fifo,
}
