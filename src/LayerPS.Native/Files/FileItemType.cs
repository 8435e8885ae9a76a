namespace LayerPS;

/// <summary>What a name in a layer, an image or a container stands for, see inode(7).</summary>
public enum FileItemType
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A symbolic link.</summary>
    SymbolicLink,

    /// <summary>A device, a fifo or a socket.</summary>
    Special,

    /// <summary>In a layer: the name is deleted from the layers below.</summary>
    Whiteout,
}
