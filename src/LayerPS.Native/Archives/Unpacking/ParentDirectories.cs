using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Archives;

/// <summary>
/// Finds the directory that an entry belongs in, never outside the root. Most entries have the same parent as the one
/// before, so the last one stays open.
/// </summary>
internal sealed class ParentDirectories(SafeFileHandle root, bool whiteouts) : IDisposable
{
    private const uint MissingParentMode = 0b111_101_101;

    private readonly ParentDirectory _root = new(root, []);
    private byte[]? _lastPath;
    private ParentDirectory? _last;

    /// <summary>The directory at a normalized path; links on the way are followed as if in a chroot.</summary>
    /// <returns>Null where there is none and none was to be made.</returns>
    /// <exception cref="EngineException">
    /// ArchiveRefused: a link on the way leads nowhere in this layer. ArchiveInvalid: something is no directory.
    /// </exception>
    internal ParentDirectory? Find(ReadOnlySpan<byte> path, ReadOnlySpan<byte> entry, bool create)
    {
        if (path.IsEmpty) return _root;
        if (_lastPath is not null && path.SequenceEqual(_lastPath)) return _last;
        ParentDirectory? found = Open(path, entry) ?? (create ? Make(path, entry) : null);
        if (found is null) return null;
        Dispose();
        (_lastPath, _last) = (path.ToArray(), found);
        return found;
    }

    /// <summary>
    /// To be called when something was removed, perhaps a directory or a link on the way to the last one found. That
    /// one stays open for who still works in it, but is not found again.
    /// </summary>
    internal void Forget() => _lastPath = null;

    public void Dispose() => _last?.Handle.Dispose();

    private ParentDirectory? Open(ReadOnlySpan<byte> path, ReadOnlySpan<byte> entry)
    {
        int flags = LibC.O_RDONLY | LibC.O_DIRECTORY;
        int error = FileTree.TryOpenBelow(root, path, flags, FileTree.ResolveNoLinks, out SafeFileHandle? handle);
        if (error == 0) return new ParentDirectory(handle!, path.ToArray());
        if (error == LibC.ELOOP || error == LibC.ENOTDIR)
        {
            error = FileTree.TryOpenBelow(root, path, flags, FileTree.ResolveInRoot, out handle);
            if (error == 0) return new ParentDirectory(handle!, PathBelowRoot(handle!));
        }
        if (error == LibC.ENOENT || error == LibC.ENOTDIR) return null;
        throw ArchiveErrors.Invalid(
            entry, "lies where it cannot be reached", new LinuxException("openat2", ByteText.Display(path), error));
    }

    // Entries may come without their directories. Each step goes through the root again, since each may be a link.
    private ParentDirectory Make(ReadOnlySpan<byte> path, ReadOnlySpan<byte> entry)
    {
        ParentDirectory parent = _root;
        for (int start = 0; start < path.Length;)
        {
            int slash = path[start..].IndexOf((byte)'/');
            int end = slash < 0 ? path.Length : start + slash;
            ParentDirectory? next = Open(path[..end], entry) ?? MakeOne(parent, path[..end], path[start..end], entry);
            if (parent != _root) parent.Handle.Dispose();
            parent = next;
            start = end + 1;
        }
        return parent;
    }

    private ParentDirectory MakeOne(
        ParentDirectory parent, ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> entry)
    {
        int error = FileTree.TryMakeDirectory(parent.Handle, name, MissingParentMode);
        if (error == LibC.EEXIST) ReplaceWhiteout(parent, path, name, entry);
        else if (error != 0) throw new LinuxException("mkdirat", ByteText.Display(path), error);
        byte[] real = EntryName.Join(parent.Path, name);
        error = FileTree.TryOpenBelow(
            root, real, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? handle);
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(path), error);
        // The process's umask, or a setgid directory above, may have had a say in it.
        FileOwnership.SetOwner(handle!, 0, 0);
        FileOwnership.SetMode(handle!, MissingParentMode);
        return new ParentDirectory(handle!, real);
    }

    // Whatever has the name is no directory. Only a whiteout may be taken away: the name below stays deleted, so the
    // new directory is opaque.
    private void ReplaceWhiteout(
        ParentDirectory parent, ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, ReadOnlySpan<byte> entry)
    {
        FileStatus.TryOf(parent.Handle, name, out FileStatus status);
        if (status.IsSymbolicLink)
            throw ArchiveErrors.Refused(
                entry, $"would go through the link '{ByteText.Display(path)}', which leads to no directory here");
        if (!whiteouts || !status.IsWhiteout)
            throw ArchiveErrors.Invalid(entry, $"lies below '{ByteText.Display(path)}', which is no directory");
        FileTree.Remove(parent.Handle, name, directory: false);
        int error = FileTree.TryMakeDirectory(parent.Handle, name, MissingParentMode);
        if (error != 0) throw new LinuxException("mkdirat", ByteText.Display(path), error);
        Whiteout.MakeOpaque(parent.Handle, name);
    }

    private byte[] PathBelowRoot(SafeFileHandle handle)
    {
        byte[] top = FileTree.PathOf(root);
        byte[] path = FileTree.PathOf(handle);
        return path.Length > top.Length ? path[(top.Length + 1)..] : [];
    }
}
