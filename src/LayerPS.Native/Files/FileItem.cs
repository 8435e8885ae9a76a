using System.Text;
using LayerPS.Linux;

namespace LayerPS;

/// <summary>A file of a layer, an image or a container as it was when it was asked for.</summary>
public sealed class FileItem
{
    private readonly FileStatus _status;

    internal FileItem(string path, in FileStatus status, byte[] target)
    {
        Path = path;
        _status = status;
        Target = status.IsSymbolicLink ? Encoding.UTF8.GetString(target) : null;
    }

    /// <summary>Its name in its directory; <c>/</c> for the root.</summary>
    public string Name => Path.Length == 1 ? Path : Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>From the root, with a slash before each name.</summary>
    public string Path { get; }

    /// <summary>What it is.</summary>
    public FileItemType Type =>
        _status.IsDirectory ? FileItemType.Directory :
        _status.IsRegularFile ? FileItemType.File :
        _status.IsSymbolicLink ? FileItemType.SymbolicLink :
        _status.IsWhiteout ? FileItemType.Whiteout : FileItemType.Special;

    /// <summary>The bytes of a file; 0 for what has none.</summary>
    public long Length => _status.IsRegularFile ? _status.Size : 0;

    /// <summary>The permissions in octal digits, <c>0755</c>.</summary>
    public string Mode => "0" + Convert.ToString(_status.Permissions, 8).PadLeft(3, '0');

    /// <summary>The number of its owner.</summary>
    public uint Uid => _status.Uid;

    /// <summary>The number of its group.</summary>
    public uint Gid => _status.Gid;

    /// <summary>When its content was changed.</summary>
    public DateTimeOffset LastWriteTime => _status.Modified.ToDateTimeOffset();

    /// <summary>Where a symbolic link leads; null for everything else.</summary>
    public string? Target { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
