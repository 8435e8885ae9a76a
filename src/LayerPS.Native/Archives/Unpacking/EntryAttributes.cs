using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Archives;

/// <summary>
/// Gives a file its owner, extended attributes and permissions, in this order: a change of owner takes setuid bits and
/// capabilities away (chown(2), capabilities(7)).
/// </summary>
internal static class EntryAttributes
{
    internal static void Apply(SafeFileHandle file, TarEntry entry)
    {
        FileOwnership.SetOwner(file, entry.Uid, entry.Gid);
        foreach (ExtendedAttribute attribute in entry.Attributes)
        {
            Check(entry, attribute);
            try
            {
                ExtendedAttributes.Set(file, attribute.Name, attribute.Value);
            }
            catch (LinuxException e)
            {
                throw CannotSet(entry, attribute, e);
            }
        }
        FileOwnership.SetMode(file, entry.Mode);
    }

    internal static void Apply(SafeFileHandle parent, ReadOnlySpan<byte> name, TarEntry entry)
    {
        FileOwnership.SetOwner(parent, name, entry.Uid, entry.Gid);
        foreach (ExtendedAttribute attribute in entry.Attributes)
        {
            Check(entry, attribute);
            try
            {
                ExtendedAttributes.Set(parent, name, attribute.Name, attribute.Value);
            }
            catch (LinuxException e)
            {
                throw CannotSet(entry, attribute, e);
            }
        }
        if (entry.Type != TarEntryType.SymbolicLink) FileOwnership.SetMode(parent, name, entry.Mode);
    }

    private static void Check(TarEntry entry, ExtendedAttribute attribute)
    {
        ReadOnlySpan<byte> name = attribute.Name;
        if (Whiteout.IsOverlayAttribute(name))
            throw ArchiveErrors.Refused(
                entry.Name, $"sets the attribute '{ByteText.Display(name)}', which steers the union mount");
    }

    private static Exception CannotSet(TarEntry entry, ExtendedAttribute attribute, LinuxException e)
    {
        string what = $"the attribute '{ByteText.Display(attribute.Name)}' of '{ByteText.Display(entry.Name)}'";
        if (e.Errno == LibC.EOPNOTSUPP)
            return new EngineException(
                EngineErrors.HostNotSupported, $"The store's file system cannot hold {what}.",
                ByteText.Display(entry.Name),
                "Put the store on a file system with extended attributes, for example ext4, XFS or Btrfs.", e);
        return e.Errno == LibC.ENOSPC || e.Errno == LibC.EDQUOT || e.Errno == LibC.EIO
            ? e
            : ArchiveErrors.Invalid($"{what} cannot be set", e);
    }
}
