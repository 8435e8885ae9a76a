using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Archives;

/// <summary>The files of a plain tar archive by their names, without unpacking it. Links stay within the archive.</summary>
internal sealed class TarIndex
{
    private const int MaximumEntries = 100_000;

    // As many as the kernel follows on one path, see path_resolution(7).
    private const int MaximumLinks = 40;

    private readonly SafeFileHandle _archive;
    private readonly Dictionary<PathKey, TarIndexEntry> _entries = [];

    /// <summary>Reads all headers.</summary>
    /// <param name="archive">A regular file, which must stay open.</param>
    /// <exception cref="EngineException">
    /// ArchiveInvalid; ArchiveRefused: two entries have the same name, or a name leaves the archive.
    /// </exception>
    internal TarIndex(SafeFileHandle archive)
    {
        _archive = archive;
        TarIndexReader reader = new(archive);
        for (long count = 1; reader.Next() is { } entry; count++)
        {
            if (count > MaximumEntries)
                throw new EngineException(
                    EngineErrors.ArchiveRefused,
                    $"The archive was refused: it has more than {MaximumEntries} entries, too many for one of images.");
            byte[] name = EntryName.Normalize(entry.Name);
            if (entry.Type != TarEntryType.Directory && !_entries.TryAdd(new PathKey(name), entry))
                throw ArchiveErrors.Refused(entry.Name, "is there twice");
        }
    }

    /// <summary>The regular file of that name, or the one that the link of that name leads to; null for none.</summary>
    /// <exception cref="EngineException">ArchiveRefused: a link leads out of the archive, or nowhere.</exception>
    internal TarIndexEntry? Find(ReadOnlySpan<byte> name)
    {
        byte[] path = EntryName.Normalize(name);
        for (int links = 0; links <= MaximumLinks; links++)
        {
            if (!_entries.TryGetValue(new PathKey(path), out TarIndexEntry? entry)) return null;
            switch (entry.Type)
            {
                case TarEntryType.File: return entry;
                case TarEntryType.HardLink: path = EntryName.Normalize(entry.LinkName); break;
                case TarEntryType.SymbolicLink: path = Follow(path, entry); break;
                default: throw ArchiveErrors.Refused(entry.Name, "is a device where a file belongs");
            }
        }
        throw ArchiveErrors.Refused(name, "is a link that leads back to itself");
    }

    /// <summary>The names of the folders at the top that have files in them.</summary>
    internal IReadOnlyCollection<string> Folders() =>
    [
        .. _entries.Values.Select(static entry => ByteText.Display(EntryName.Normalize(entry.Name)).Split('/'))
            .Where(static path => path.Length > 1).Select(static path => path[0]).Distinct(),
    ];

    internal FileSection Open(TarIndexEntry entry) => new(_archive, entry.Offset, entry.Size);

    private static byte[] Follow(byte[] path, TarIndexEntry link)
    {
        if (link.LinkName is [(byte)'/', ..]) throw ArchiveErrors.Refused(link.Name, "is a link out of the archive");
        EntryName.Cut(path, out ReadOnlySpan<byte> parent, out _);
        byte[] target = parent.ToArray();
        foreach (Range range in link.LinkName.AsSpan().Split((byte)'/'))
        {
            ReadOnlySpan<byte> component = link.LinkName.AsSpan(range);
            if (component.IsEmpty || component.SequenceEqual("."u8)) continue;
            if (!component.SequenceEqual(".."u8))
            {
                target = EntryName.Join(target, component);
                continue;
            }
            if (target.Length == 0) throw ArchiveErrors.Refused(link.Name, "is a link out of the archive");
            EntryName.Cut(target, out ReadOnlySpan<byte> above, out _);
            target = above.ToArray();
        }
        return target;
    }
}
