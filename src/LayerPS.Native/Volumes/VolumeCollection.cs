using LayerPS.Storage;
using LayerPS.Volumes;

namespace LayerPS;

/// <summary>The volumes of a store.</summary>
public sealed class VolumeCollection
{
    private readonly VolumeStore _store;

    internal VolumeCollection(StoreLayout layout) => _store = new VolumeStore(layout);

    /// <summary>All volumes, by name.</summary>
    /// <exception cref="EngineException">StoreCorrupt.</exception>
    public IEnumerable<ContainerVolume> List() => _store.ReadAll();

    /// <summary>The volumes that a pattern with wildcards matches, which may be none; without wildcards the one of that name.</summary>
    /// <exception cref="EngineException">VolumeNotFound, StoreCorrupt.</exception>
    public IEnumerable<ContainerVolume> Get(string pattern) => NamePattern.HasWildcards(pattern)
        ? List().Where(volume => NamePattern.Matches(pattern, volume.Name))
        : [_store.Read(pattern)];

    /// <summary>Makes an empty volume. What an image has where it is first mounted is copied into it then.</summary>
    /// <param name="name">Its name; null for one made up of 64 hex digits.</param>
    /// <param name="labels">Free words about it.</param>
    /// <param name="cancellationToken">Ends it; nothing stays.</param>
    /// <exception cref="EngineException">VolumeNameInvalid, VolumeNameInUse.</exception>
    public ContainerVolume Create(
        string? name = null, IReadOnlyDictionary<string, string>? labels = null,
        CancellationToken cancellationToken = default) => _store.Create(name, labels, cancellationToken);

    /// <summary>Removes a volume with its files.</summary>
    /// <exception cref="EngineException">VolumeNotFound; VolumeInUse: a container has it mounted.</exception>
    public void Remove(ContainerVolume volume, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(volume);
        _store.Remove(volume.Name, cancellationToken);
    }
}
