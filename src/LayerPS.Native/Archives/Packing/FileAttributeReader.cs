using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>
/// Reads the extended attributes that belong in an archive: all but overlayfs's own and those with which this host's
/// security modules label and sign its files.
/// </summary>
internal static class FileAttributeReader
{
    internal static IReadOnlyList<ExtendedAttribute> Read(SafeFileHandle file) =>
        Read(ExtendedAttributes.List(file), name => ExtendedAttributes.Get(file, name));

    internal static IReadOnlyList<ExtendedAttribute> Read(SafeFileHandle parent, byte[] name) =>
        Read(ExtendedAttributes.List(parent, name), attribute => ExtendedAttributes.Get(parent, name, attribute));

    internal static bool IsOpaque(SafeFileHandle directory) =>
        ExtendedAttributes.Get(directory, Whiteout.OpaqueAttribute) is [(byte)'y'];

    internal static bool IsOpaque(SafeFileHandle parent, ReadOnlySpan<byte> name) =>
        ExtendedAttributes.Get(parent, name, Whiteout.OpaqueAttribute) is [(byte)'y'];

    private static List<ExtendedAttribute> Read(IReadOnlyList<byte[]> names, Func<byte[], byte[]?> get)
    {
        if (names.Count == 0) return [];
        List<ExtendedAttribute> attributes = [];
        foreach (byte[] name in names)
            if (!Whiteout.IsOverlayAttribute(name) && !IsHostLabel(name) && get(name) is { } value)
                attributes.Add(new ExtendedAttribute(name, value));
        return attributes;
    }

    private static bool IsHostLabel(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("security.selinux"u8) || name.SequenceEqual("security.SMACK64"u8)
        || name.SequenceEqual("security.ima"u8) || name.SequenceEqual("security.evm"u8);
}
