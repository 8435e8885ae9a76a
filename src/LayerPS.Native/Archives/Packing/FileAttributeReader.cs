using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>Reads the extended attributes that belong in an archive: all but overlayfs's own.</summary>
internal static class FileAttributeReader
{
    internal static IReadOnlyList<ExtendedAttribute> Read(SafeFileHandle file) =>
        Read(ExtendedAttributes.List(file), name => ExtendedAttributes.Get(file, name));

    internal static IReadOnlyList<ExtendedAttribute> Read(SafeFileHandle parent, byte[] name) =>
        Read(ExtendedAttributes.List(parent, name), attribute => ExtendedAttributes.Get(parent, name, attribute));

    internal static bool IsOpaque(SafeFileHandle directory) =>
        ExtendedAttributes.Get(directory, Whiteout.OpaqueAttribute) is [(byte)'y'];

    private static List<ExtendedAttribute> Read(IReadOnlyList<byte[]> names, Func<byte[], byte[]?> get)
    {
        if (names.Count == 0) return [];
        List<ExtendedAttribute> attributes = [];
        foreach (byte[] name in names)
            if (!Whiteout.IsOverlayAttribute(name) && get(name) is { } value)
                attributes.Add(new ExtendedAttribute(name, value));
        return attributes;
    }
}
