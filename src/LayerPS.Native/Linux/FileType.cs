namespace LayerPS.Linux;

/// <summary>The type bits of a file's mode, see inode(7). Constants, the same on every architecture.</summary>
internal static class FileType
{
    internal const uint Mask = 0xf000;
    internal const uint Socket = 0xc000;
    internal const uint SymbolicLink = 0xa000;
    internal const uint Regular = 0x8000;
    internal const uint BlockDevice = 0x6000;
    internal const uint Directory = 0x4000;
    internal const uint CharacterDevice = 0x2000;
    internal const uint Fifo = 0x1000;
}
