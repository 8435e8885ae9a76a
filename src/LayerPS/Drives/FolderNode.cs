namespace LayerPS.Drives;

/// <summary>A place that has others below it.</summary>
internal sealed class FolderNode(string name, Func<object> item, Func<IEnumerable<DriveNode>> children) : DriveNode(name)
{
    internal override object Item => item();

    internal override IEnumerable<DriveNode> Children() => children();
}
