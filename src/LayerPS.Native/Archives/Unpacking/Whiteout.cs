using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>
/// Deleted names: in a layer's tar an empty file <c>.wh.name</c> (OCI image-spec, layer.md, "Whiteouts"), in overlayfs
/// a character device 0:0 called <c>name</c>; and directories that hide all below, there <c>.wh..wh..opq</c>, here an
/// attribute (the kernel's overlayfs.rst, "whiteouts and opaque directories").
/// </summary>
internal static class Whiteout
{
    internal static ReadOnlySpan<byte> Prefix => ".wh."u8;

    internal static ReadOnlySpan<byte> OpaqueName => ".wh..wh..opq"u8;

    /// <summary>What aufs kept for itself in the layers of its day; it means nothing here.</summary>
    internal static ReadOnlySpan<byte> AufsPrefix => ".wh..wh."u8;

    internal static ReadOnlySpan<byte> OpaqueAttribute => "trusted.overlay.opaque"u8;

    internal static ReadOnlySpan<byte> OpaqueValue => "y"u8;

    /// <summary>Whether the attribute is one of those that steer a union mount; no archive carries them.</summary>
    internal static bool IsOverlayAttribute(ReadOnlySpan<byte> name) =>
        name.StartsWith("trusted.overlay."u8) || name.StartsWith("user.overlay."u8);

    /// <summary>
    /// Whether any component of the path belongs to aufs, apart from the mark of an opaque directory.
    /// </summary>
    internal static bool IsAufsOwn(ReadOnlySpan<byte> path)
    {
        foreach (Range range in path.Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = path[range];
            if (component.StartsWith(AufsPrefix) && !component.SequenceEqual(OpaqueName)) return true;
        }
        return false;
    }

    internal static void MakeOpaque(SafeFileHandle directory) =>
        ExtendedAttributes.Set(directory, OpaqueAttribute, OpaqueValue);

    internal static void MakeOpaque(SafeFileHandle parent, ReadOnlySpan<byte> name) =>
        ExtendedAttributes.Set(parent, name, OpaqueAttribute, OpaqueValue);
}
