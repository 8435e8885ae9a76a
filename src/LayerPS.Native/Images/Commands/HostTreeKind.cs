namespace LayerPS.Images;

/// <summary>What an entry of a <see cref="HostTree"/> is, and what its content stands for.</summary>
internal enum HostTreeKind
{
    /// <summary>Without content.</summary>
    Directory,

    /// <summary>The content is the link's target.</summary>
    Link,

    /// <summary>The content is the path of a file on this machine.</summary>
    HostFile,

    /// <summary>The content is the file's own.</summary>
    Text,
}
