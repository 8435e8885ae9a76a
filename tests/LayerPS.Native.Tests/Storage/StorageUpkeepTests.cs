using LayerPS.Tests.Images;
using Xunit;

namespace LayerPS.Tests.Storage;

public sealed class StorageUpkeepTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void SharedLayersCountOnce()
    {
        Image low = _store.MakeLayers("low", null, "printf 12345 > a");
        _store.MakeLayers("left", low, "printf 123 > b");
        _store.MakeLayers("right", low, "printf 1 > b");
        long blobs = Directory.GetFiles(_store.Layout.Blobs).Sum(static file => new FileInfo(file).Length);

        ContainerStorageUsage images = Usage(ContainerStorageKind.Image);

        Assert.Equal((3, 0, blobs + 9, 5L, blobs + 4, blobs + 9), (
            images.Total, images.Active, images.Size, images.SharedSize, images.UniqueSize, images.Reclaimable));
        ContainerStorageUsage left = _store.Engine.Storage.MeasureEach().Single(usage => usage.Name == "left:latest");
        Assert.Equal((5L, left.Size - 5), (left.SharedSize, left.UniqueSize));
        Assert.True(left.UniqueSize > 3);
    }

    [Fact]
    public void WhatContainersUseIsNotReclaimable()
    {
        Image low = _store.MakeLayers("low", null, "printf 12345 > a");
        Image high = _store.MakeLayers("high", low, "printf 123 > b");
        Container container = _store.Engine.Containers.Create(high, new ContainerOptions { Command = ["true"] });
        File.WriteAllText(Path.Combine(container.UpperPath, "written"), new string('x', 1000));

        ContainerStorageUsage images = Usage(ContainerStorageKind.Image);
        ContainerStorageUsage containers = Usage(ContainerStorageKind.Container);

        Assert.Equal((2, 1), (images.Total, images.Active));
        // All that could go are the manifest and the configuration of the lower image.
        Assert.InRange(images.Reclaimable, 1, images.Size - 9);
        Assert.Equal((1, 0), (containers.Total, containers.Active));
        Assert.InRange(containers.Size, 1000, 10_000);
        Assert.Equal(containers.Size, containers.Reclaimable);
    }

    [Fact]
    public void FilesWithSeveralNamesCountOnce()
    {
        Image image = _store.MakeLayers("a", null, "true");
        Container container = _store.Engine.Containers.Create(image, new ContainerOptions { Command = ["true"] });
        long before = Usage(ContainerStorageKind.Container).Size;
        Archives.Shell.Script(container.UpperPath, "printf 12345 > a; ln a b; ln -s a c; mkdir d; mkfifo d/f");

        Assert.Equal(before + 5, Usage(ContainerStorageKind.Container).Size);
    }

    [Fact]
    public void OnlyWhatNothingRefersToIsOptimizedAway()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a");
        Image high = _store.MakeLayers("high", low, "echo 2 > b");
        Image lost = _store.MakeLayers(null, low, "echo 3 > c");
        Image step = _store.MakeLayers(null, lost);
        Image used = _store.MakeLayers(null, null, "echo 4 > d");
        using StoredContainer container = new(_store, "happy", used);
        Image gone = _store.MakeLayers("gone", null, "echo 5 > e", "echo 6 > f");
        ForgetImage(gone);
        File.WriteAllText(_store.Layout.References + ".12-3~", "{");
        File.CreateSymbolicLink(_store.Layout.ContainerName("nobody"), new string('0', 64));

        IReadOnlyList<ContainerStorageItem> plan = _store.Engine.Storage.PlanOptimization();
        Assert.True(Directory.Exists(gone.Layers[1].Path));
        IReadOnlyList<ContainerStorageItem> done = _store.Engine.Storage.Optimize();

        Assert.Equal(plan.Select(Text), done.Select(Text));
        Assert.Equal([step.Id, lost.Id], Of(done, ContainerStorageKind.Image));
        Assert.Equal(
            new[] { gone.Layers[0].Id, gone.Layers[1].Id, lost.Layers[1].Id }.Order(),
            Of(done, ContainerStorageKind.Layer).Order());
        Assert.Equal(
            [gone.Layers[1].Id, gone.Layers[0].Id],
            Of(done, ContainerStorageKind.Layer).Where(id => gone.Layers.Any(layer => layer.Id == id)));
        Assert.Equal(6, Of(done, ContainerStorageKind.Blob).Count());
        Assert.Equal(["nobody"], Of(done, ContainerStorageKind.ContainerName));
        Assert.Single(Of(done, ContainerStorageKind.TemporaryFile));
        Assert.All(done, static item => Assert.False(Path.Exists(item.Path)));
        Assert.Equal(3, _store.Images.List().Count());
        Assert.Empty(_store.Engine.Storage.Optimize());
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
        Assert.Equal(high.Id, _store.Images.Resolve("high").Id);
    }

    [Fact]
    public void AllTakesNamedImagesThatNoContainerWasMadeFrom()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a");
        Image high = _store.MakeLayers("high", low, "echo 2 > b");
        _store.MakeLayers("higher", high, "echo 3 > b");
        using StoredContainer container = new(_store, "happy", high);

        _store.Engine.Storage.Optimize(all: true);

        Assert.Equal(["high:latest", "low:latest"], _store.Images.List().Select(static image => image.ToString()));
        Assert.Equal(2, _store.Engine.Layers.List().Count());
    }

    [Fact]
    public void WithADamagedImageNothingIsOptimizedAway()
    {
        Image bad = _store.MakeLayers("bad", null, "echo 1 > a");
        Image gone = _store.MakeLayers("gone", null, "echo 5 > e");
        ForgetImage(gone);
        File.WriteAllText(_store.Layout.Blob(bad.Id), "{");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Engine.Storage.Optimize());
        Assert.Equal("StoreCorrupt", failure.Definition.Id);
        Assert.Equal(2, _store.Engine.Layers.List().Count());
    }

    private ContainerStorageUsage Usage(ContainerStorageKind kind) =>
        _store.Engine.Storage.Measure().Single(usage => usage.Kind == kind);

    private void ForgetImage(Image image)
    {
        LayerPS.Storage.ReferenceTable references = LayerPS.Storage.ReferenceTable.Load(_store.Layout);
        references.Remove(image.Digest!);
        references.Save(_store.Layout);
    }

    private static IEnumerable<string> Of(IEnumerable<ContainerStorageItem> items, ContainerStorageKind kind) =>
        items.Where(item => item.Kind == kind).Select(static item => item.Id);

    private static string Text(ContainerStorageItem item) => $"{item.Kind} {item.Id} {item.Size}";
}
