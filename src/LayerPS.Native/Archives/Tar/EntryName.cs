namespace LayerPS.Archives;

/// <summary>Makes paths of an archive's names.</summary>
internal static class EntryName
{
    /// <summary>
    /// The path below the layer's root: without leading slashes (an absolute name means the layer's own root), empty
    /// and '.' components and a trailing slash. Empty for the root itself.
    /// </summary>
    /// <exception cref="EngineException">ArchiveRefused: the name has a '..' component or a NUL in it.</exception>
    internal static byte[] Normalize(ReadOnlySpan<byte> name)
    {
        if (name.Contains((byte)0)) throw ArchiveErrors.Refused(name, "has a NUL in its name");
        byte[] path = new byte[name.Length];
        int length = 0;
        foreach (Range range in name.Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = name[range];
            if (component.IsEmpty || component.SequenceEqual("."u8)) continue;
            if (component.SequenceEqual(".."u8)) throw ArchiveErrors.Refused(name, "has '..' in its name");
            if (length > 0) path[length++] = (byte)'/';
            component.CopyTo(path.AsSpan(length));
            length += component.Length;
        }
        return length == path.Length ? path : path[..length];
    }

    /// <summary>
    /// Cuts a normalized path into the path of its parent (empty for the root) and its last component.
    /// </summary>
    internal static void Cut(ReadOnlySpan<byte> path, out ReadOnlySpan<byte> parent, out ReadOnlySpan<byte> leaf)
    {
        int slash = path.LastIndexOf((byte)'/');
        parent = slash < 0 ? default : path[..slash];
        leaf = path[(slash + 1)..];
    }

    internal static byte[] Join(ReadOnlySpan<byte> parent, ReadOnlySpan<byte> leaf) =>
        parent.IsEmpty ? leaf.ToArray() : [.. parent, (byte)'/', .. leaf];
}
