using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS;

/// <summary>A store and all that can be done with it. Everything the cmdlets do, they do through this.</summary>
public sealed class ContainerEngine
{
    private ContainerEngine(StoreLayout layout) => Layout = layout;

    /// <summary>The store's directory.</summary>
    public string Root => Layout.Root;

    /// <summary>The images.</summary>
    public ImageCollection Images => new(Layout);

    /// <summary>The containers.</summary>
    public ContainerCollection Containers => new(Layout);

    /// <summary>The volumes.</summary>
    public VolumeCollection Volumes => new(Layout);

    /// <summary>The read-only layers.</summary>
    public LayerCollection Layers => new(Layout);

    /// <summary>What the store holds, and what it holds for nobody.</summary>
    public ContainerStorage Storage => new(Layout);

    internal StoreLayout Layout { get; }

    /// <summary>What happened to the containers, the oldest first.</summary>
    /// <param name="options">Which of it is wanted; null for all that is kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<ContainerEvent> ReadEvents(
        ContainerEventOptions? options = null, CancellationToken cancellationToken = default) =>
        new EventReader(Layout).Read(options ?? new(), cancellationToken);

    /// <summary>Opens a store; makes it where there is none, and clears away what killed commands left.</summary>
    /// <param name="root">Its directory; null for that of the LAYERPS_ROOT variable, else /var/lib/layerps.</param>
    /// <exception cref="EngineException">HostNotRoot, HostNotSupported, StoreVersionUnsupported.</exception>
    public static ContainerEngine Open(string? root = null)
    {
        HostRequirements.Check();
        var layout = new StoreLayout(StoreLayout.RootOrDefault(root));
        StoreVersion.Ensure(layout);
        StagingArea.Sweep(layout);
        SecretArea.Sweep();
        return new ContainerEngine(layout);
    }
}
