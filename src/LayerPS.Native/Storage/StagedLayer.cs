using System.Text.Json;
using LayerPS.Archives;
using LayerPS.Linux;

namespace LayerPS.Storage;

/// <summary>A layer that is unpacked and not yet to be seen. It goes when it is not published.</summary>
internal sealed class StagedLayer(
    StoreLayout layout, StagedDirectory staged, string? parent, UnpackedLayer unpacked) : IDisposable
{
    /// <summary>The chain id that it will have.</summary>
    internal string Id { get; } = LayerStore.ChainId(parent, unpacked.DiffId);

    internal string DiffId => unpacked.DiffId;

    /// <summary>The length of its tar, in bytes.</summary>
    internal long TarSize => unpacked.TarSize;

    /// <summary>Where its files are while it is staged.</summary>
    internal string Files => Path.Combine(staged.Path, StoreLayout.LayerFilesName);

    /// <summary>Makes it durable as it is, staged.</summary>
    internal void Sync() => FileSystems.SyncAll(staged.Path);

    /// <summary>
    /// Makes it a layer of the store, durable together with all that was written to the store before. Where the same
    /// layer is already, that one stays.
    /// </summary>
    /// <inheritdoc cref="Describe"/>
    internal void Publish(string createdBy, DateTimeOffset created)
    {
        Describe(createdBy, created);
        staged.Publish(layout.Layer(Id), durable: true);
    }

    /// <summary>
    /// As the other, for one that is described and durable already; the caller makes the new name durable.
    /// </summary>
    internal void Publish() => staged.Publish(layout.Layer(Id), durable: false);

    /// <summary>Writes its metadata.</summary>
    /// <param name="createdBy">What made it, for people; null where nobody knows.</param>
    /// <param name="created">When.</param>
    internal void Describe(string? createdBy, DateTimeOffset created)
    {
        var record = new LayerRecord
        {
            Id = Id,
            DiffId = DiffId,
            Parent = parent,
            Size = unpacked.Size,
            Created = created,
            CreatedBy = createdBy,
        };
        File.WriteAllBytes(
            Path.Combine(staged.Path, StoreLayout.LayerMetadataName),
            JsonSerializer.SerializeToUtf8Bytes(record, StoreJson.Readable.LayerRecord));
    }

    public void Dispose() => staged.Dispose();
}
