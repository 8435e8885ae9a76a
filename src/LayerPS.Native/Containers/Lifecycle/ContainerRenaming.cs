using System.Text.Json;
using LayerPS.Storage;

namespace LayerPS.Containers;

/// <summary>Gives a container another name.</summary>
/// <remarks>
/// The new name is linked before the record has it, and the old one is unlinked after. The record decides: a link to a
/// container of another name, which a killed session leaves, means nothing.
/// </remarks>
internal sealed class ContainerRenaming(StoreLayout layout)
{
    /// <exception cref="EngineException">ContainerNotFound, ContainerNameInvalid, ContainerNameInUse, StoreCorrupt.</exception>
    internal Container Rename(Container container, string name, CancellationToken cancellationToken)
    {
        ContainerNames.Check(name);
        using ContainerTransition transition = ContainerTransition.Begin(layout, container, cancellationToken);
        ContainerReader reader = new(layout);
        ContainerNames names = new(layout);
        using (names.Lock(cancellationToken))
        {
            ContainerRecord record = reader.TryReadRecord(container.Id) ?? throw new EngineException(
                EngineErrors.ContainerNotFound, $"The container '{container.Name}' was removed.", container.Name);
            if (record.Name == name) return transition.Container;
            names.Link(name, record.Id);
            AtomicFile.Write(
                StoreLayout.ContainerRecordIn(container.Directory),
                JsonSerializer.SerializeToUtf8Bytes(record with { Name = name }, ContainerJson.Readable.ContainerRecord),
                durable: true);
            names.Unlink(record.Name, record.Id);
        }

        Container renamed = reader.Read(container);
        EventLog.Append(layout, renamed, ContainerEventKind.Rename, detail: transition.Container.Name);
        return renamed;
    }
}
