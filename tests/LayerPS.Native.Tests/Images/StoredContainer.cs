using System.Text.Json;
using LayerPS.Containers;
using LayerPS.Storage;

namespace LayerPS.Tests.Images;

/// <summary>A container's record and its run lock: all that images and storage see of one.</summary>
internal sealed class StoredContainer : IDisposable
{
    private readonly string _directory;
    private FileLock? _run;

    internal StoredContainer(TemporaryStore store, string name, Image image)
    {
        Id = ContentDigest.HexOf(System.Text.Encoding.UTF8.GetBytes(name));
        _directory = Directory.CreateDirectory(store.Layout.Container(Id)).FullName;
        ContainerRecord record = new()
        {
            Id = Id,
            Name = name,
            Image = image.ToString(),
            ImageId = image.Id,
            LayerId = image.Layers[^1].Id,
            Created = DateTimeOffset.UtcNow,
            Config = new ContainerConfig { Command = ["/bin/true"], Hostname = name },
        };
        File.WriteAllBytes(
            Path.Combine(_directory, ContainerFiles.Record),
            JsonSerializer.SerializeToUtf8Bytes(record, ContainerJson.Readable.ContainerRecord));
    }

    internal string Id { get; }

    internal string Upper => Path.Combine(_directory, ContainerFiles.Upper);

    internal StoredContainer Run()
    {
        _run = FileLock.TryAcquire(Path.Combine(_directory, ContainerFiles.RunLock), exclusive: true);
        return this;
    }

    internal void Stop() => _run?.Dispose();

    public void Dispose() => _run?.Dispose();
}
