using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Provider;
using LayerPS.Abstractions;

namespace LayerPS.Drives;

/// <summary>The drives <c>Image:</c> and <c>Container:</c>, to walk in what images and containers have. They are read-only.</summary>
[CmdletProvider("LayerPS", ProviderCapabilities.None)]
public sealed class LayerDriveProvider : NavigationCmdletProvider, IContentCmdletProvider
{
    private const string ImageRoot = "Image", ContainerRoot = "Container";

    // PowerShell asks several times about one path, and for the items of a list right after it.
    private (string Path, DriveNode? Node) _latest = ("", null);
    private ContainerEngine? _engine;

    /// <inheritdoc/>
    public IContentReader GetContentReader(string path) => Guard(path, () =>
        Require(path).TryOpenRead() is { } stream
            ? new FileContentReader(stream, DynamicParameters as ContentReadParameters ?? new())
            : throw Refused(path, "has no content: it is no file"));

    /// <inheritdoc/>
    public object GetContentReaderDynamicParameters(string path) => new ContentReadParameters();

    /// <inheritdoc/>
    public IContentWriter GetContentWriter(string path) => Guard<IContentWriter>(path, () => throw ReadOnly(path));

    /// <inheritdoc/>
    public object? GetContentWriterDynamicParameters(string path) => null;

    /// <inheritdoc/>
    public void ClearContent(string path) => Guard<object>(path, () => throw ReadOnly(path));

    /// <inheritdoc/>
    public object? ClearContentDynamicParameters(string path) => null;

    /// <inheritdoc/>
    protected override Collection<PSDriveInfo> InitializeDefaultDrives() =>
    [
        new(ImageRoot, ProviderInfo, ImageRoot, "The images of LayerPS, their layers and files.", null),
        new(ContainerRoot, ProviderInfo, ContainerRoot, "The containers of LayerPS and their files.", null),
    ];

    /// <inheritdoc/>
    protected override bool IsValidPath(string path) => !string.IsNullOrEmpty(path);

    /// <inheritdoc/>
    protected override bool ItemExists(string path) => Guard(path, () => Find(path) is not null);

    /// <inheritdoc/>
    protected override bool IsItemContainer(string path) => Guard(path, () => Find(path) is { IsContainer: true });

    /// <inheritdoc/>
    protected override bool HasChildItems(string path) =>
        Guard(path, () => Find(path) is { IsContainer: true } node && node.Children().Any());

    /// <inheritdoc/>
    protected override void GetItem(string path) => Guard(path, () =>
    {
        DriveNode node = Require(path);
        WriteItemObject(node.Item, path, node.IsContainer);
    });

    /// <inheritdoc/>
    protected override void GetChildItems(string path, bool recurse) => GetChildItems(path, recurse, uint.MaxValue);

    /// <inheritdoc/>
    protected override void GetChildItems(string path, bool recurse, uint depth) => Guard(path, () =>
    {
        DriveNode node = Require(path);
        if (node.IsContainer) WriteChildren(node, path, recurse ? depth : 0);
        else WriteItemObject(node.Item, path, isContainer: false);
    });

    /// <inheritdoc/>
    protected override void GetChildNames(string path, ReturnContainers returnContainers) => Guard(path, () =>
    {
        foreach (DriveNode child in Require(path).Children())
            WriteItemObject(child.Name, MakePath(path, child.Name), child.IsContainer);
    });

    private void WriteChildren(DriveNode node, string path, uint depth)
    {
        foreach (DriveNode child in node.Children())
        {
            if (Stopping) return;
            string childPath = MakePath(path, child.Name);
            WriteItemObject(child.Item, childPath, child.IsContainer);
            if (depth > 0 && child is { IsContainer: true, IsLink: false }) WriteChildren(child, childPath, depth - 1);
        }
    }

    private DriveNode Require(string path) => Find(path) ?? throw new ItemNotFoundException($"There is no '{path}'.");

    private DriveNode? Find(string path)
    {
        if (_latest.Node is not null && _latest.Path == path) return _latest.Node;
        string[] parts = path.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        _engine ??= ContainerEngine.Open();
        DriveNode? node = parts.FirstOrDefault()?.ToUpperInvariant() switch
        {
            "IMAGE" => ImageTree.Root(_engine),
            "CONTAINER" => ContainerTree.Root(_engine),
            _ => null,
        };
        foreach (string part in parts.Skip(1)) node = node is { IsContainer: true } ? node.Child(part) : null;
        _latest = (path, node);
        return node;
    }

    private void Guard(string path, Action work) => _ = Guard<object?>(path, () =>
    {
        work();
        return null;
    });

    private T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e.GetType().Assembly != typeof(PSObject).Assembly)
        {
            ThrowTerminatingError(e.ToErrorRecord(path));
            throw;
        }
    }

    private static EngineException ReadOnly(string path) => Refused(path, "cannot be written: these drives are to be read");

    private static EngineException Refused(string path, string why) => new(
        EngineErrors.ContainerItemRefused, $"'{path}' {why}.", path,
        "Copy-ContainerItem copies files into a container, and directories and files out of it.");
}
