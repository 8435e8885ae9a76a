using LayerPS.Archives;
using LayerPS.Linux;
using LayerPS.Storage;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Images;

/// <summary>
/// Writes copied files below a root. Every path is resolved in the root, so that links lead where they would in a container,
/// and never out.
/// </summary>
internal sealed class TreeWriter(SafeFileHandle root, CopyAttributes attributes) : ICopyTarget
{
    private const uint DirectoryMode = 493; // rwxr-xr-x

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(128 * 1024);

    /// <summary>Whose files these are, for messages.</summary>
    internal string Place { get; init; } = "the image";

    /// <summary>The error where something stands in the way.</summary>
    internal ErrorDefinition Refusal { get; init; } = EngineErrors.BuildSourceRefused;

    /// <summary>Ends it; a file that is half written by then goes.</summary>
    internal CancellationToken Stop { get; init; }

    /// <summary>How many files, links and devices were written.</summary>
    internal long Files { get; private set; }

    /// <summary>How many bytes of files were written.</summary>
    internal long Size { get; private set; }

    /// <summary>Whether there is a directory, or a link to one.</summary>
    internal bool IsDirectory(byte[] path)
    {
        int error = TryOpenDirectory(path, out SafeFileHandle? handle);
        handle?.Dispose();
        return error == 0;
    }

    /// <summary>Makes a directory and those above it, where they are missing; these belong to whom the copy belongs to.</summary>
    internal void MakeDirectories(byte[] path) => OpenOrMake(path).Dispose();

    public void BeginDirectory(byte[] path, in FileStatus status, SafeFileHandle directory)
    {
        using SafeFileHandle made = OpenOrMake(path);
        SetAttributes(made, status, directory);
    }

    public void EndDirectory(byte[] path, in FileStatus status)
    {
        if (TryOpenDirectory(path, out SafeFileHandle? directory) != 0) return;
        using (directory) FileOwnership.SetModified(directory!, status.Modified);
    }

    public void AddFile(byte[] path, in FileStatus status, SafeFileHandle file)
    {
        using SafeFileHandle parent = OpenParent(path, out byte[] name);
        Clear(parent, name, path);
        int error = FileTree.TryCreateFile(parent, name, 384, out SafeFileHandle? made);
        if (error != 0) throw new LinuxException("openat", ByteText.Display(path), error);
        try
        {
            WriteContent(made!, file);
            SetAttributes(made!, status, file);
            FileOwnership.SetModified(made!, status.Modified);
            Files++;
        }
        catch
        {
            _ = FileTree.TryRemove(parent, name, directory: false);
            throw;
        }
        finally
        {
            made!.Dispose();
        }
    }

    /// <summary>Writes a file of this text.</summary>
    internal void AddText(byte[] path, ReadOnlySpan<byte> content, uint mode, FileTime modified)
    {
        using SafeFileHandle parent = OpenParent(path, out byte[] name);
        Clear(parent, name, path);
        int error = FileTree.TryCreateFile(parent, name, 384, out SafeFileHandle? made);
        if (error != 0) throw new LinuxException("openat", ByteText.Display(path), error);
        using (made)
        {
            FileContent.Write(made!, content);
            FileOwnership.SetOwner(made!, attributes.Uid ?? 0, attributes.Gid ?? 0);
            FileOwnership.SetMode(made!, attributes.Mode ?? mode);
            FileOwnership.SetModified(made!, modified);
        }
    }

    public void AddSpecial(byte[] path, in FileStatus status, byte[] link)
    {
        using SafeFileHandle parent = OpenParent(path, out byte[] name);
        Clear(parent, name, path);
        int error = status.IsSymbolicLink
            ? FileTree.TryMakeSymbolicLink(parent, name, link)
            : FileTree.TryMakeNode(parent, name, status.Mode, status.Node);
        if (error != 0) throw new LinuxException("mknodat", ByteText.Display(path), error);
        FileOwnership.SetOwner(parent, name, attributes.Uid ?? status.Uid, attributes.Gid ?? status.Gid);
        if (!status.IsSymbolicLink) FileOwnership.SetMode(parent, name, attributes.Mode ?? status.Permissions);
        FileOwnership.SetModified(parent, name, status.Modified);
        Files++;
    }

    private void WriteContent(SafeFileHandle made, SafeFileHandle file)
    {
        FileContent.Seek(file, 0);
        for (int read; (read = FileContent.Read(file, _buffer)) > 0;)
        {
            Stop.ThrowIfCancellationRequested();
            FileContent.Write(made, _buffer.AsSpan(0, read));
            Size += read;
        }
    }

    /// <summary>Gives a file that was written a second name.</summary>
    internal void AddLink(byte[] path, byte[] existing)
    {
        using SafeFileHandle parent = OpenParent(path, out byte[] name);
        using SafeFileHandle other = OpenParent(existing, out byte[] otherName);
        Clear(parent, name, path);
        int error = FileTree.TryMakeHardLink(other, otherName, parent, name);
        if (error != 0) throw new LinuxException("linkat", ByteText.Display(path), error);
    }

    /// <summary>Takes away what has that name, with all that is in it; nothing where there is nothing.</summary>
    internal void Remove(byte[] path)
    {
        int slash = path.AsSpan().LastIndexOf((byte)'/');
        if (TryOpenDirectory(slash < 0 ? [] : path[..slash], out SafeFileHandle? parent) != 0) return;
        using (parent) TreeRemover.Remove(parent!, path[(slash + 1)..]);
    }

    private void SetAttributes(SafeFileHandle made, in FileStatus status, SafeFileHandle source)
    {
        FileOwnership.SetOwner(made, attributes.Uid ?? status.Uid, attributes.Gid ?? status.Gid);
        // After the owner, whose change takes setuid away.
        FileOwnership.SetMode(made, attributes.Mode ?? status.Permissions);
        foreach (ExtendedAttribute attribute in FileAttributeReader.Read(source))
            ExtendedAttributes.Set(made, attribute.Name, attribute.Value);
    }

    // What stands in the way goes; a directory does not go for a file.
    private void Clear(SafeFileHandle parent, byte[] name, byte[] path)
    {
        if (FileStatus.TryOf(parent, name, out FileStatus there) != 0) return;
        if (there.IsDirectory)
        {
            throw new EngineException(
                Refusal, $"'/{ByteText.Display(path)}' is a directory in {Place}; a file cannot take its place.", ByteText.Display(path));
        }

        FileTree.Remove(parent, name, directory: false);
    }

    private SafeFileHandle OpenParent(byte[] path, out byte[] name)
    {
        int slash = path.AsSpan().LastIndexOf((byte)'/');
        name = path[(slash + 1)..];
        return OpenOrMake(slash < 0 ? [] : path[..slash]);
    }

    private SafeFileHandle OpenOrMake(byte[] path)
    {
        int error = TryOpenDirectory(path, out SafeFileHandle? handle);
        if (error == 0) return handle!;
        if (error != LibC.ENOENT) throw NotDirectory(path, error);
        using SafeFileHandle parent = OpenParent(path, out byte[] name);
        int made = FileTree.TryMakeDirectory(parent, name, DirectoryMode);
        if (made == LibC.EEXIST) throw NotDirectory(path, LibC.ENOENT);
        if (made != 0) throw new LinuxException("mkdirat", ByteText.Display(path), made);
        error = FileTree.TryOpenBelow(
            parent, name, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out handle);
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(path), error);
        FileOwnership.SetMode(handle!, DirectoryMode);
        FileOwnership.SetOwner(handle!, attributes.Uid ?? 0, attributes.Gid ?? 0);
        return handle!;
    }

    private int TryOpenDirectory(byte[] path, out SafeFileHandle? handle) => FileTree.TryOpenBelow(
        root, path.AsSpan().Trim((byte)'/'), LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveInRoot, out handle);

    private EngineException NotDirectory(byte[] path, int error) => new(
        Refusal, error == LibC.ENOENT
            ? $"'/{ByteText.Display(path)}' is a link in {Place} that leads nowhere."
            : $"'/{ByteText.Display(path)}' cannot be a directory in {Place}: {new LinuxException("openat2", null, error).Message}",
        ByteText.Display(path));
}
