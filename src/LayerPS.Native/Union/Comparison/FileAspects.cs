namespace LayerPS;

/// <summary>In what two files differ.</summary>
[Flags]
public enum FileAspects
{
    /// <summary>In nothing.</summary>
    None = 0,

    /// <summary>One is a file and the other a directory, a link or a device.</summary>
    Kind = 1,

    /// <summary>The bytes of a file, the target of a link, the number of a device.</summary>
    Content = 2,

    /// <summary>The permissions.</summary>
    Mode = 4,

    /// <summary>The user or the group.</summary>
    Owner = 8,

    /// <summary>The time of the last change.</summary>
    Modified = 16,

    /// <summary>The extended attributes, capabilities and access lists among them.</summary>
    Attributes = 32,
}
