namespace LayerPS.Union;

/// <summary>By which of the kernel's interfaces an overlay is mounted.</summary>
internal enum UnionInterface
{
    /// <summary>The newer one where the kernel takes layers by it one at a time (Linux 6.5 and later), else the older one.</summary>
    Auto,

    /// <summary>fsopen(2), fsconfig(2) with <c>lowerdir+</c>, fsmount(2).</summary>
    FileSystemContext,

    /// <summary>mount(2), whose options have to fit into one page.</summary>
    Classic,
}
