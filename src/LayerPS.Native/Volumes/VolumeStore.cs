using System.Security.Cryptography;
using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Volumes;

/// <summary>The directories of the volumes: each has its metadata and its files.</summary>
internal sealed class VolumeStore(StoreLayout layout)
{
    /// <summary>A volume's name is what a container's may be.</summary>
    /// <exception cref="EngineException">VolumeNameInvalid.</exception>
    internal static void Check(string name)
    {
        if (ContainerNames.FaultOf(name) is not { } fault) return;
        throw new EngineException(EngineErrors.VolumeNameInvalid, $"'{name}' is no name for a volume: {fault}.", name);
    }

    internal IEnumerable<ContainerVolume> ReadAll()
    {
        if (!Directory.Exists(layout.Volumes)) return [];
        ILookup<string, string> users = Users();
        return Directory.EnumerateDirectories(layout.Volumes).Select(static path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal).Select(TryRead).OfType<VolumeRecord>()
            .Select(record => new ContainerVolume(layout, record, users[record.Name]));
    }

    /// <exception cref="EngineException">VolumeNotFound, StoreCorrupt.</exception>
    internal ContainerVolume Read(string name)
    {
        if (ContainerNames.FaultOf(name) is null && TryRead(name) is { } record)
            return new ContainerVolume(layout, record, Users()[name]);
        string? nearest = NearestName.Of(name, ReadAll().Select(static known => known.Name).ToArray());
        string hint = nearest is null ? "" : $" Did you mean '{nearest}'?";
        throw new EngineException(EngineErrors.VolumeNotFound, $"There is no volume '{name}'.{hint}", name);
    }

    /// <summary>The containers that have it mounted.</summary>
    /// <exception cref="EngineException">StoreCorrupt, StoreVersionUnsupported: one of them may have it.</exception>
    internal IEnumerable<ContainerRecord> UsersOf(string name) => new ContainerReader(layout).ReadRecords()
        .Where(record => VolumesOf(record).Contains(name));

    /// <exception cref="EngineException">VolumeNameInvalid, VolumeNameInUse.</exception>
    internal ContainerVolume Create(
        string? name, IReadOnlyDictionary<string, string>? labels, CancellationToken cancellationToken)
    {
        if (name is not null) Check(name);
        VolumeRecord record = new()
        {
            Name = name ?? NewName(), Created = DateTimeOffset.UtcNow, IsAnonymous = name is null,
            Labels = labels ?? new Dictionary<string, string>(),
        };
        cancellationToken.ThrowIfCancellationRequested();
        if (TryMake(record)) return new ContainerVolume(layout, record, []);
        throw new EngineException(
            EngineErrors.VolumeNameInUse, $"There is a volume '{record.Name}' already.", record.Name);
    }

    /// <summary>Makes the volume unless it is there. The caller holds <see cref="ContentLock.Share"/>.</summary>
    internal void Ensure(string name, bool isAnonymous)
    {
        if (TryRead(name) is null)
            TryMake(new VolumeRecord { Name = name, Created = DateTimeOffset.UtcNow, IsAnonymous = isAnonymous });
    }

    internal static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <exception cref="EngineException">VolumeNotFound, VolumeInUse.</exception>
    internal void Remove(string name, CancellationToken cancellationToken)
    {
        // No container is being made that could have it.
        using FileLock alone = ContentLock.Exclude(layout, cancellationToken);
        _ = Read(name);
        string[] users = [.. UsersOf(name).Select(static record => record.Name)];
        if (users.Length > 0)
        {
            throw new EngineException(
                EngineErrors.VolumeInUse,
                $"The volume '{name}' is mounted in {string.Join(", ", users.Select(static user => $"'{user}'"))}.", name);
        }

        StagingArea.Discard(layout, layout.Volume(name));
    }

    /// <summary>Removes those of a container's volumes that were made for it alone. The container is no more.</summary>
    internal void RemoveAnonymous(IEnumerable<ContainerMount> mounts)
    {
        foreach (ContainerMount mount in mounts)
        {
            if (mount is not { IsAnonymous: true, Source: { } name }) continue;
            using FileLock alone = ContentLock.Exclude(layout, CancellationToken.None);
            if (TryRead(name) is { IsAnonymous: true } && !UsersOf(name).Any())
                StagingArea.Discard(layout, layout.Volume(name));
        }
    }

    // The names of the containers of each volume; what cannot be read has none.
    private ILookup<string, string> Users() => new ContainerReader(layout).ReadRecords(static _ => { })
        .SelectMany(static record => VolumesOf(record).Select(volume => (Volume: volume, record.Name)))
        .ToLookup(static use => use.Volume, static use => use.Name);

    private static IEnumerable<string> VolumesOf(ContainerRecord record) => record.Config.Mounts
        .Where(static mount => mount.Type == ContainerMountType.Volume).Select(static mount => mount.Source!);

    private bool TryMake(VolumeRecord record)
    {
        Directory.CreateDirectory(layout.Volumes, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using StagedDirectory staged = StagingArea.Create(layout);
        Directory.CreateDirectory(StoreLayout.VolumeFilesIn(staged.Path));
        File.WriteAllBytes(
            StoreLayout.VolumeMetadataIn(staged.Path),
            JsonSerializer.SerializeToUtf8Bytes(record, VolumeJson.Default.VolumeRecord));
        return staged.Publish(layout.Volume(record.Name), durable: true);
    }

    private VolumeRecord? TryRead(string name)
    {
        string path = layout.VolumeMetadata(name);
        if (SmallFile.TryRead(path) is not { } json) return null;
        try
        {
            return JsonSerializer.Deserialize(json, VolumeJson.Default.VolumeRecord)
                ?? throw new JsonException("It holds nothing.");
        }
        catch (JsonException e)
        {
            throw new EngineException(
                EngineErrors.StoreCorrupt, $"The volume's metadata '{path}' cannot be read: {e.Message}", path, null, e);
        }
    }
}
