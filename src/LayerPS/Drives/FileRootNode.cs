namespace LayerPS.Drives;

/// <summary>The root of the files of an image, a layer or a container. They are opened when somebody looks at them.</summary>
internal sealed class FileRootNode(string name, Func<object> item, Func<FileView> open) : DriveNode(name)
{
    // Never closed by hand: PowerShell does not say when a provider is done. Its handle is closed with the object.
    private readonly Lazy<FileView> _view = new(open);

    internal override object Item => item();

    internal override IEnumerable<DriveNode> Children() => _view.Value.List("/").Select(found => new FileNode(_view.Value, found));

    internal override DriveNode? Child(string name) => Find(_view.Value, "", name);

    internal static DriveNode? Find(FileView view, string directory, string name) =>
        view.Find($"{directory}/{PathSegment.Decode(name)}") is { } found ? new FileNode(view, found) : null;
}
