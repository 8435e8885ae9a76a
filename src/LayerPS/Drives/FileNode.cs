namespace LayerPS.Drives;

/// <summary>A file.</summary>
internal sealed class FileNode(FileView view, FileItem file) : DriveNode(file.Name)
{
    internal override object Item => file;

    internal override bool IsContainer =>
        file.Type == FileItemType.Directory || (IsLink && view.IsDirectory(file.Path));

    internal override bool IsLink => file.Type == FileItemType.SymbolicLink;

    internal override IEnumerable<DriveNode> Children() => view.List(file.Path).Select(found => new FileNode(view, found));

    internal override DriveNode? Child(string name) => FileRootNode.Find(view, file.Path, name);

    internal override Stream? TryOpenRead() => view.TryOpenRead(file.Path);
}
