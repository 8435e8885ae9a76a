using System.Text.Json;
using LayerPS.Images;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class IntermediateImageTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void EveryLayerBelowTheTopHasAnEntryOnce()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a", "echo 2 > b", "echo 3 > c");
        Image high = _store.MakeLayers("high", low, "echo 4 > d", "echo 5 > e");

        Image[] all = [.. _store.Images.List(all: true)];

        Assert.Equal(["high:latest", "low:latest"], all.Take(2).Select(i => i.ToString()));
        Assert.Equal(
            [high.Layers[3].Id, high.Layers[1].Id, high.Layers[0].Id], all.Skip(2).Select(static i => i.Id));
        Assert.All(all.Skip(2), static i => Assert.True(i.Intermediate && i.Name is null && i.Digest is null));
        Assert.Equal(["step 3", "step 2", "step 1", "step 0"], _store.Images.History(all[2]).Select(s => s.CreatedBy));
        Assert.Equal(2, _store.Images.List().Count());
        Assert.Contains(all[2].Id, JsonSerializer.Serialize(all[2]), StringComparison.Ordinal);
    }

    [Fact]
    public void AnEntryIsFoundByTheBeginningOfItsId()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a", "echo 2 > b");

        Image entry = _store.Images.Resolve(image.Layers[0].ShortId);

        Assert.Equal((image.Layers[0].Id, true, 1), (entry.Id, entry.Intermediate, entry.Layers.Count));
        Assert.Equal(entry.Id, entry.Refresh().Id);
        // The top layer is the image itself, which has an id of its own.
        Assert.Throws<EngineException>(() => _store.Images.Resolve(image.Layers[1].Id));
    }

    [Fact]
    public void AStepWithoutANameIsHiddenAndNotDangling()
    {
        Image step = _store.MakeLayers(null, null, "echo 1 > a");
        Image same = _store.MakeLayers(null, step);
        _store.MakeLayers("top", same, "echo 2 > b");
        Image lost = _store.MakeLayers(null, null, "echo 3 > c");

        Assert.Equal([lost.Id], _store.Images.ListDangling().Select(static i => i.Id));
        Assert.Equal(["top:latest", lost.ToString()], _store.Images.List().Select(static i => i.ToString()));
        Assert.Equal(
            [step.Id, same.Id],
            _store.Images.List(all: true).Where(static i => i.Intermediate).Select(static i => i.Id).OrderBy(id => id != step.Id));
        Assert.True(_store.Images.Resolve(step.Id).Intermediate);
        Assert.False(_store.Images.Resolve(lost.Id).Intermediate);
    }

    [Fact]
    public void AnImageThatCannotBeReadDoesNotHideTheOthers()
    {
        Image bad = _store.MakeLayers("bad", null, "echo 1 > a");
        Image good = _store.MakeLayers("good", null, "echo 2 > b");
        File.WriteAllText(_store.Layout.Blob(bad.Digest![7..]), "{");
        List<EngineException> failures = [];

        Image[] all = [.. _store.Images.List(unreadable: failures.Add)];

        Assert.Equal([good.Id], all.Select(static i => i.Id));
        Assert.Equal("StoreCorrupt", Assert.Single(failures).Definition.Id);
        Assert.Equal(good.Id, _store.Images.Resolve(good.ShortId).Id);
        Assert.Equal("StoreCorrupt", Assert.Throws<EngineException>(() => _store.Images.Resolve(bad.Id)).Definition.Id);
        Assert.Throws<EngineException>(() => _store.Images.List().Count());
    }

    [Fact]
    public void ImagesWithoutNamesComeLast()
    {
        _store.MakeLayers(null, null, "echo 1 > a");
        _store.MakeLayers("z/z", null, "echo 2 > b");

        Assert.Equal(["z/z", null], _store.Images.List().Select(static i => i.Name));
    }
}
