using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;

namespace LayerPS.Union;

/// <summary>Reads what a file is like, for people.</summary>
internal static class FileStates
{
    internal static FileState Read(SafeFileHandle root, byte[] path, in FileStatus status)
    {
        IReadOnlyList<ExtendedAttribute> attributes = FileAttributeReader.Read(root, path.Length == 0 ? "."u8.ToArray() : path);
        FileKind kind = KindOf(status.Type);
        return new FileState
        {
            Kind = kind,
            Mode = (UnixFileMode)status.Permissions,
            Uid = status.Uid,
            Gid = status.Gid,
            Size = status.IsRegularFile ? status.Size : 0,
            Modified = status.Modified.ToDateTimeOffset(),
            Target = status.IsSymbolicLink ? ByteText.Display(FileTree.ReadLink(root, path)) : null,
            Device = kind is FileKind.CharacterDevice or FileKind.BlockDevice ? $"{status.Node.Major}:{status.Node.Minor}" : null,
            Attributes = attributes.Count == 0
                ? null
                : attributes.ToDictionary(
                    static attribute => ByteText.Display(attribute.Name),
                    static attribute => Convert.ToHexStringLower(attribute.Value)),
        };
    }

    private static FileKind KindOf(uint type) => type switch
    {
        FileType.Directory => FileKind.Directory,
        FileType.SymbolicLink => FileKind.SymbolicLink,
        FileType.CharacterDevice => FileKind.CharacterDevice,
        FileType.BlockDevice => FileKind.BlockDevice,
        FileType.Fifo => FileKind.Fifo,
        FileType.Socket => FileKind.Socket,
        _ => FileKind.File,
    };
}
