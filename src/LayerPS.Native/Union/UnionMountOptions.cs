namespace LayerPS.Union;

/// <summary>How a union is mounted.</summary>
internal sealed record UnionMountOptions
{
    internal static readonly UnionMountOptions Default = new();

    public UnionInterface Interface { get; init; }

    /// <summary>
    /// Leaves out the syncing of the writable layer at unmount: for one that is thrown away. Its work directory
    /// refuses another mount afterwards, until it is removed.
    /// </summary>
    public bool Volatile { get; init; }

    /// <summary>
    /// What every mount sets, because hosts differ in their defaults and a layer must stay plain files that can be
    /// moved to another host (the kernel's overlayfs.rst).
    /// </summary>
    internal IEnumerable<(string Key, string? Value)> Pairs()
    {
        yield return ("redirect_dir", "off");
        yield return ("metacopy", "off");
        yield return ("index", "off");
        if (Volatile) yield return ("volatile", null);
    }
}
