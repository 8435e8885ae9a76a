using LayerPS.Storage;
using LayerPS.Volumes;

namespace LayerPS;

/// <summary>A directory that outlives containers and can be mounted into several, as it was when it was asked for.</summary>
public sealed class ContainerVolume
{
    private readonly StoreLayout _layout;
    private readonly VolumeRecord _record;

    internal ContainerVolume(StoreLayout layout, VolumeRecord record, IEnumerable<string> containers)
    {
        _layout = layout;
        _record = record;
        Containers = [.. containers.Order(StringComparer.Ordinal)];
    }

    /// <summary>Its name; 64 hex digits where it was made for one container.</summary>
    public string Name => _record.Name;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created => _record.Created;

    /// <summary>Free words about it.</summary>
    public IReadOnlyDictionary<string, string> Labels => _record.Labels;

    /// <summary>Made for one container that asked for a volume without a name.</summary>
    public bool IsAnonymous => _record.IsAnonymous;

    /// <summary>The directory on the host that has its files.</summary>
    public string Path => _layout.VolumeFiles(Name);

    /// <summary>The file with its metadata.</summary>
    public string MetadataPath => _layout.VolumeMetadata(Name);

    /// <summary>The names of the containers that have it mounted, whether they run or not.</summary>
    public IReadOnlyList<string> Containers { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
