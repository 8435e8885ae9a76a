using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Archives;

/// <summary>Makes the files that entries describe, below one directory and nowhere else.</summary>
internal sealed class LayerExtractor : IDisposable
{
    private readonly SafeFileHandle _root;
    private readonly TarReader _reader;
    private readonly UnpackOptions _options;
    private readonly ParentDirectories _parents;
    private readonly ParentDirectories _linkParents;
    private readonly DirectoryTimes _times = new();
    private readonly ReplacedFiles _replaced;

    internal LayerExtractor(SafeFileHandle root, TarReader reader, TarSplitWriter split, UnpackOptions options)
    {
        (_root, _reader, _options) = (root, reader, options);
        _parents = new ParentDirectories(root, options.Whiteouts);
        _linkParents = new ParentDirectories(root, options.Whiteouts);
        _replaced = new ReplacedFiles(split, _times);
    }

    /// <summary>How many bytes the files made so far hold.</summary>
    internal long Size { get; private set; }

    internal void Extract(TarEntry entry)
    {
        byte[] path = EntryName.Normalize(entry.Name);
        try
        {
            if (path.Length == 0) ExtractRoot(entry);
            else if (!_options.Whiteouts || !Whiteout.IsAufsOwn(path)) ExtractBelow(entry, path);
        }
        catch (LinuxException e) when (e.Errno == LibC.ENAMETOOLONG)
        {
            throw ArchiveErrors.Invalid(entry.Name, "has a name or link that is too long for Linux", e);
        }
        catch (LinuxException e) when (e.Errno == LibC.EFBIG)
        {
            throw ArchiveErrors.Invalid(entry.Name, "is larger than this file system allows", e);
        }
    }

    /// <summary>To be called after the last entry.</summary>
    internal void Finish() => _times.Apply(_root);

    public void Dispose()
    {
        _parents.Dispose();
        _linkParents.Dispose();
    }

    private void ExtractRoot(TarEntry entry)
    {
        if (entry.Type != TarEntryType.Directory)
            throw ArchiveErrors.Refused(entry.Name, "would replace the layer's root");
        EntryAttributes.Apply(_root, entry);
        _times.Set([], entry.Modified);
    }

    private void ExtractBelow(TarEntry entry, byte[] path)
    {
        EntryName.Cut(path, out ReadOnlySpan<byte> parentPath, out ReadOnlySpan<byte> leaf);
        ParentDirectory parent = _parents.Find(parentPath, entry.Name, create: true)!;
        if (_options.Whiteouts && leaf.StartsWith(Whiteout.Prefix))
        {
            ExtractWhiteout(entry, parent, leaf);
            return;
        }
        byte[] realPath = EntryName.Join(parent.Path, leaf);
        switch (entry.Type)
        {
            case TarEntryType.File:
                ExtractFile(entry, parent, leaf, realPath);
                break;
            case TarEntryType.Directory:
                ExtractDirectory(entry, parent, leaf, realPath);
                break;
            case TarEntryType.HardLink:
                ExtractHardLink(entry, parent, leaf, realPath);
                break;
            default:
                ExtractSpecial(entry, parent, leaf, realPath);
                break;
        }
    }

    private void ExtractFile(TarEntry entry, ParentDirectory parent, ReadOnlySpan<byte> leaf, byte[] path)
    {
        int error = FileTree.TryCreateFile(parent.Handle, leaf, 0b110_000_000, out SafeFileHandle? file);
        if (error == LibC.EEXIST)
        {
            Replace(parent, leaf, path);
            error = FileTree.TryCreateFile(parent.Handle, leaf, 0b110_000_000, out file);
        }
        using (file)
        {
            ThrowOnError("openat", path, error);
            _reader.PutPayloadInFile(path, entry);
            if (entry.Sparse is null) WriteContent(file!);
            else WriteSparse(file!, entry.Sparse);
            EntryAttributes.Apply(file!, entry);
            FileOwnership.SetModified(file!, entry.Modified);
        }
        Size += entry.PayloadSize;
    }

    private void WriteContent(SafeFileHandle file)
    {
        for (ReadOnlySpan<byte> bytes = _reader.TakePayload(); !bytes.IsEmpty; bytes = _reader.TakePayload())
            FileContent.Write(file, bytes);
    }

    private void WriteSparse(SafeFileHandle file, SparseMap map)
    {
        FileContent.SetLength(file, map.RealSize);
        foreach (SparseRange range in map.Ranges)
        {
            if (range.Length > 0) FileContent.Seek(file, range.Offset);
            for (long left = range.Length; left > 0;)
            {
                ReadOnlySpan<byte> bytes = _reader.TakePayload(left);
                FileContent.Write(file, bytes);
                left -= bytes.Length;
            }
        }
    }

    private void ExtractDirectory(TarEntry entry, ParentDirectory parent, ReadOnlySpan<byte> leaf, byte[] path)
    {
        int error = FileTree.TryMakeDirectory(parent.Handle, leaf, 0b111_000_000);
        if (error == LibC.EEXIST)
        {
            ThrowOnError("fstatat", path, FileStatus.TryOf(parent.Handle, leaf, out FileStatus status));
            error = 0;
            if (!status.IsDirectory)
            {
                Replace(parent, leaf, path);
                error = FileTree.TryMakeDirectory(parent.Handle, leaf, 0b111_000_000);
                // The whiteout has hidden a directory of that name below, and this one must go on doing so.
                if (error == 0 && _options.Whiteouts && status.IsWhiteout) Whiteout.MakeOpaque(parent.Handle, leaf);
            }
        }
        ThrowOnError("mkdirat", path, error);
        EntryAttributes.Apply(parent.Handle, leaf, entry);
        _times.Set(path, entry.Modified);
    }

    private void ExtractHardLink(TarEntry entry, ParentDirectory parent, ReadOnlySpan<byte> leaf, byte[] path)
    {
        byte[] target = EntryName.Normalize(entry.LinkName);
        EntryName.Cut(target, out ReadOnlySpan<byte> targetParentPath, out ReadOnlySpan<byte> targetLeaf);
        ParentDirectory? targetParent = _linkParents.Find(targetParentPath, entry.Name, create: false);
        FileStatus targetStatus = default;
        bool found = targetParent is not null && target.Length > 0
            && FileStatus.TryOf(targetParent.Handle, targetLeaf, out targetStatus) == 0;
        if (!found || targetStatus.IsDirectory)
            throw ArchiveErrors.Invalid(
                entry.Name, $"is a hard link to '{ByteText.Display(entry.LinkName)}', which is no earlier file of it");

        int error = FileTree.TryMakeHardLink(targetParent!.Handle, targetLeaf, parent.Handle, leaf);
        if (error == LibC.EEXIST)
        {
            FileStatus.TryOf(parent.Handle, leaf, out FileStatus status);
            // A link of a file to itself, or the same link once more: it is there already.
            if (status.Inode == targetStatus.Inode && status.Device == targetStatus.Device) return;
            Replace(parent, leaf, path);
            // What was replaced may have been a directory with the link's target in it.
            if (FileStatus.TryOf(targetParent.Handle, targetLeaf, out _) != 0)
                throw ArchiveErrors.Invalid(entry.Name, "is a hard link that replaces its own target");
            error = FileTree.TryMakeHardLink(targetParent.Handle, targetLeaf, parent.Handle, leaf);
        }
        ThrowOnError("linkat", path, error);
    }

    private void ExtractSpecial(TarEntry entry, ParentDirectory parent, ReadOnlySpan<byte> leaf, byte[] path)
    {
        if (entry.Type is TarEntryType.CharacterDevice or TarEntryType.BlockDevice && !_options.Devices)
            throw ArchiveErrors.Refused(entry.Name, "is a device");
        if (entry.Type == TarEntryType.CharacterDevice && entry.Device == DeviceNumber.Whiteout)
            throw ArchiveErrors.Refused(entry.Name, "is the character device 0:0, which would delete files below");
        int error = MakeSpecial(entry, parent, leaf);
        if (error == LibC.EEXIST)
        {
            Replace(parent, leaf, path);
            error = MakeSpecial(entry, parent, leaf);
        }
        ThrowOnError(entry.Type == TarEntryType.SymbolicLink ? "symlinkat" : "mknodat", path, error);
        EntryAttributes.Apply(parent.Handle, leaf, entry);
        FileOwnership.SetModified(parent.Handle, leaf, entry.Modified);
    }

    private static int MakeSpecial(TarEntry entry, ParentDirectory parent, ReadOnlySpan<byte> leaf) => entry.Type switch
    {
        TarEntryType.SymbolicLink when entry.LinkName.Length == 0 =>
            throw ArchiveErrors.Invalid(entry.Name, "is a link to nothing"),
        TarEntryType.SymbolicLink when entry.LinkName.AsSpan().Contains((byte)0) =>
            throw ArchiveErrors.Refused(entry.Name, "is a link with a NUL in its target"),
        TarEntryType.SymbolicLink => FileTree.TryMakeSymbolicLink(parent.Handle, leaf, entry.LinkName),
        TarEntryType.CharacterDevice =>
            FileTree.TryMakeNode(parent.Handle, leaf, FileType.CharacterDevice | 0b110_000_000, entry.Device),
        TarEntryType.BlockDevice =>
            FileTree.TryMakeNode(parent.Handle, leaf, FileType.BlockDevice | 0b110_000_000, entry.Device),
        _ => FileTree.TryMakeNode(parent.Handle, leaf, FileType.Fifo | 0b110_000_000, default),
    };

    private static void ExtractWhiteout(TarEntry entry, ParentDirectory parent, ReadOnlySpan<byte> leaf)
    {
        if (leaf.SequenceEqual(Whiteout.OpaqueName))
        {
            Whiteout.MakeOpaque(parent.Handle);
            return;
        }
        ReadOnlySpan<byte> hidden = leaf[Whiteout.Prefix.Length..];
        if (hidden.IsEmpty || hidden.SequenceEqual("."u8) || hidden.SequenceEqual(".."u8))
            throw ArchiveErrors.Refused(entry.Name, "is a whiteout of no name");
        int error = FileTree.TryMakeNode(parent.Handle, hidden, FileType.CharacterDevice, DeviceNumber.Whiteout);
        if (error == LibC.EEXIST)
        {
            // This archive has a file of that name, too: it hides what is below, a directory only if it is opaque.
            FileStatus.TryOf(parent.Handle, hidden, out FileStatus status);
            if (status.IsDirectory) Whiteout.MakeOpaque(parent.Handle, hidden);
            return;
        }
        ThrowOnError("mknodat", EntryName.Join(parent.Path, hidden), error);
    }

    private void Replace(ParentDirectory parent, ReadOnlySpan<byte> leaf, byte[] path)
    {
        ThrowOnError("fstatat", path, FileStatus.TryOf(parent.Handle, leaf, out FileStatus status));
        _replaced.Remove(parent.Handle, leaf, path, status);
        _parents.Forget();
        _linkParents.Forget();
    }

    private static void ThrowOnError(string call, ReadOnlySpan<byte> path, int error)
    {
        if (error != 0) throw new LinuxException(call, ByteText.Display(path), error);
    }
}
