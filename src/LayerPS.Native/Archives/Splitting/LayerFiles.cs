using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Tmds.Linux;

namespace LayerPS.Archives;

/// <summary>Opens the files that a tar-split names, without following any link.</summary>
internal sealed class LayerFiles(SafeFileHandle root) : IDisposable
{
    private byte[] _parentPath = [];
    private SafeFileHandle? _parent;

    /// <exception cref="EngineException">StoreCorrupt: there is no such file, or it has another size.</exception>
    internal SafeFileHandle Open(byte[] path, long size)
    {
        EntryName.Cut(path, out ReadOnlySpan<byte> parentPath, out ReadOnlySpan<byte> leaf);
        int error = FileTree.TryOpenFile(Parent(parentPath, path), leaf, out SafeFileHandle? file);
        if (error == LibC.ENOENT || error == LibC.ELOOP) throw Corrupt(path, "is gone");
        if (error != 0) throw new LinuxException("openat", ByteText.Display(path), error);
        FileStatus status = FileStatus.Of(file!);
        if (status.IsRegularFile && status.Size == size) return file!;
        file!.Dispose();
        throw Corrupt(
            path, status.IsRegularFile ? $"has {status.Size} bytes where it had {size}" : "is no file any more");
    }

    /// <summary>As <see cref="Open"/>; null where there is no such file, or it has another size.</summary>
    internal SafeFileHandle? TryOpen(byte[] path, long size)
    {
        try
        {
            return Open(path, size);
        }
        catch (EngineException)
        {
            return null;
        }
    }

    public void Dispose() => _parent?.Dispose();

    private SafeFileHandle Parent(ReadOnlySpan<byte> parentPath, byte[] path)
    {
        if (parentPath.IsEmpty) return root;
        if (_parent is not null && parentPath.SequenceEqual(_parentPath)) return _parent;
        int error = FileTree.TryOpenBelow(
            root, parentPath, LibC.O_RDONLY | LibC.O_DIRECTORY, FileTree.ResolveNoLinks, out SafeFileHandle? opened);
        if (error == LibC.ENOENT || error == LibC.ENOTDIR || error == LibC.ELOOP) throw Corrupt(path, "is gone");
        if (error != 0) throw new LinuxException("openat2", ByteText.Display(parentPath), error);
        _parent?.Dispose();
        (_parentPath, _parent) = (parentPath.ToArray(), opened);
        return opened!;
    }

    private static EngineException Corrupt(byte[] path, string what)
    {
        string name = ByteText.Display(path);
        return new EngineException(
            EngineErrors.StoreCorrupt, $"The file '{name}' of a layer {what}; its tar cannot be written again.", name);
    }
}
