using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Union;

/// <summary>Compares what has the same path in two trees.</summary>
internal sealed class FileComparison(SafeFileHandle before, SafeFileHandle after, CancellationToken cancellationToken)
{
    private const int BlockSize = 128 * 1024;

    private readonly byte[] _blockBefore = new byte[BlockSize];
    private readonly byte[] _blockAfter = new byte[BlockSize];

    /// <summary>In what the two files of that path differ.</summary>
    internal FileAspects Compare(byte[] path, in FileStatus old, in FileStatus young)
    {
        if (old.Type != young.Type) return FileAspects.Kind;
        FileAspects aspects = FileAspects.None;
        if (old.Permissions != young.Permissions) aspects |= FileAspects.Mode;
        if (old.Uid != young.Uid || old.Gid != young.Gid) aspects |= FileAspects.Owner;
        if (old.Modified != young.Modified) aspects |= FileAspects.Modified;
        if (IsSameFile(old, young)) return aspects;
        if (!HaveSameContent(path, old, young)) aspects |= FileAspects.Content;
        if (!HaveSameAttributes(path)) aspects |= FileAspects.Attributes;
        return aspects;
    }

    // A union shows a layer's file under the number that it has there. A directory's number says nothing about what the
    // layers below have to add.
    private static bool IsSameFile(in FileStatus old, in FileStatus young) =>
        old.Inode == young.Inode && old.Size == young.Size && old.Modified == young.Modified && !old.IsDirectory;

    private bool HaveSameContent(byte[] path, in FileStatus old, in FileStatus young)
    {
        if (old.IsRegularFile) return old.Size == young.Size && (old.Size == 0 || HaveSameBytes(path));
        if (old.IsSymbolicLink)
            return FileTree.ReadLink(before, path).AsSpan().SequenceEqual(FileTree.ReadLink(after, path));
        return old.Type is not (FileType.CharacterDevice or FileType.BlockDevice) || old.Node == young.Node;
    }

    private bool HaveSameBytes(byte[] path)
    {
        using SafeFileHandle old = Open(before, path), young = Open(after, path);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = Fill(old, _blockBefore);
            bool same = length == Fill(young, _blockAfter)
                && _blockBefore.AsSpan(0, length).SequenceEqual(_blockAfter.AsSpan(0, length));
            if (!same || length == 0) return same;
        }
    }

    private static SafeFileHandle Open(SafeFileHandle root, byte[] path)
    {
        int error = FileTree.TryOpenFile(root, path, out SafeFileHandle? file);
        return error == 0 ? file! : throw new LinuxException("openat", ByteText.Display(path), error);
    }

    private static int Fill(SafeFileHandle file, byte[] block)
    {
        int length = 0;
        while (length < block.Length && FileContent.Read(file, block.AsSpan(length)) is > 0 and var read) length += read;
        return length;
    }

    private bool HaveSameAttributes(byte[] path)
    {
        byte[] name = path.Length == 0 ? [(byte)'.'] : path;
        IReadOnlyList<ExtendedAttribute> old = FileAttributeReader.Read(before, name);
        IReadOnlyList<ExtendedAttribute> young = FileAttributeReader.Read(after, name);
        return old.Count == young.Count && old.Zip(young).All(static pair =>
            pair.First.Name.AsSpan().SequenceEqual(pair.Second.Name)
            && pair.First.Value.AsSpan().SequenceEqual(pair.Second.Value));
    }
}
