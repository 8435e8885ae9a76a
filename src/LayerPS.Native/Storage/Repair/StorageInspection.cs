using LayerPS.Containers;
using LayerPS.Images;

namespace LayerPS.Storage;

/// <summary>
/// Looks for what cannot be read and for what leads nowhere. No file of a layer or a container is thrown away that
/// anything refers to.
/// </summary>
internal sealed class StorageInspection(StoreLayout layout, CancellationToken cancellationToken)
{
    /// <summary>
    /// What is wrong at this moment. What hides other faults comes alone: when it is set right, one has to look again.
    /// </summary>
    internal IReadOnlyList<StorageFault> Run()
    {
        if (ReferenceSalvage.Inspect(layout) is { } table) return [table];
        List<StorageFault> layers = [.. new LayerInspection(layout, cancellationToken).Run()];
        // An image may be unreadable for no other reason than a layer whose record can be written again.
        IEnumerable<StorageFault> images = layers.Any(static fault => fault.Repair is not null) ? [] : Images();
        return [.. layers, .. images, .. Containers(), .. Names()];
    }

    private IEnumerable<StorageFault> Images()
    {
        ImageReader reader = new(layout);
        foreach ((string digest, IReadOnlyList<string> names) in ReferenceTable.Load(layout).Images)
        {
            string? fault = FaultOf(() => reader.Read(digest, names));
            if (fault is null) continue;
            string hex = digest[ContentDigest.Prefix.Length..];
            string name = names.Count > 0 ? string.Join(", ", names) : digest;
            yield return StorageFault.Of(
                ContainerStorageKind.Image, hex, layout.Blob(hex), $"The image '{name}' cannot be read: {fault}",
                "Take it out of the table of images; layers that nothing else has are left to " +
                "Optimize-ContainerStorage.",
                () => TakeOut(digest));
        }
    }

    private void TakeOut(string digest)
    {
        ReferenceTable references = ReferenceTable.Load(layout);
        references.Remove(digest);
        references.Save(layout);
    }

    private IEnumerable<StorageFault> Containers()
    {
        ContainerReader reader = new(layout);
        foreach (string id in reader.Ids())
        {
            string path = layout.Container(id);
            ContainerRecord? record = null;
            string? fault = FaultOf(() => record = reader.TryReadRecord(id));
            if (record is not null) fault = FaultOf(() => new LayerStore(layout).PathsFrom(record.LayerId));
            else if (Directory.Exists(path)) fault ??= $"The container '{path}' has no record.";
            // Only its owner can tell what it is worth.
            if (fault is not null)
            {
                yield return StorageFault.Of(
                    ContainerStorageKind.Container, id, path, $"{fault} What it wrote is in '{path}'.");
            }

            if (record is not null && Nameless(record) is { } nameless) yield return nameless;
        }
    }

    private StorageFault? Nameless(ContainerRecord container)
    {
        string? named = new ContainerNames(layout).IdOf(container.Name);
        if (named == container.Id) return null;
        bool free = named is null || !Directory.Exists(layout.Container(named));
        return StorageFault.Of(
            ContainerStorageKind.Container, container.Id, layout.Container(container.Id),
            $"The container {container.Id} has lost its name '{container.Name}'.",
            free ? "Give it its name again." : null,
            free ? () => Relink(container) : null);
    }

    private void Relink(ContainerRecord container)
    {
        ContainerNames names = new(layout);
        using (names.Lock(cancellationToken)) names.Link(container.Name, container.Id);
    }

    private IEnumerable<StorageFault> Names() => new ContainerNames(layout).Stale().Select(name => StorageFault.Of(
        ContainerStorageKind.ContainerName, name, layout.ContainerName(name),
        $"The name '{name}' belongs to a container that is gone.", "Remove it.", () => Unlink(name)));

    private void Unlink(string name)
    {
        ContainerNames names = new(layout);
        using (names.Lock(cancellationToken))
            if (names.Stale().Contains(name)) File.Delete(layout.ContainerName(name));
    }

    private static string? FaultOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (EngineException e)
        {
            return e.Message;
        }
    }
}
