using System.Text.Json;
using LayerPS.Storage;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageRemovalTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void TheLastNameTakesEverythingAlong()
    {
        Image image = _store.MakeLayers("a", null, "echo 12345 > a", "echo 1 > b");

        ImageRemoval plan = _store.Images.PlanRemoval("a");
        Assert.Equal(image.Id, _store.Images.Resolve("a").Id);
        ImageRemoval done = _store.Images.Remove("a");

        Assert.Equal(JsonSerializer.Serialize(plan), JsonSerializer.Serialize(done));
        Assert.Equal(("a:latest", image.Id), (Assert.Single(done.Untagged), Assert.Single(done.Images)));
        Assert.Equal([image.Layers[1].Id, image.Layers[0].Id], done.Layers);
        Assert.True(done.Size > 6 + 2);
        AssertEmpty();
    }

    [Fact]
    public void OneOfSeveralNamesIsAllThatGoes()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");
        _store.Images.AddTag(image, "b");

        ImageRemoval done = _store.Images.Remove(_store.Images.Get("b*").Single());

        Assert.Equal(["b:latest"], done.Untagged);
        Assert.Empty(done.Images);
        Assert.Equal(["a:latest"], image.Refresh().References);
    }

    [Fact]
    public void AnIdMeansTheImageWithAllItsNames()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");
        _store.Images.AddTag(image, "b");

        Assert.Equal(["a:latest", "b:latest"], _store.Images.Remove(image.ShortId).Untagged);
        AssertEmpty();
    }

    [Fact]
    public void AnImageFromAListMeansItself()
    {
        _store.Images.AddTag(_store.MakeLayers("a", null, "echo 1 > a"), "b");

        Assert.Equal(["a:latest", "b:latest"], _store.Images.Remove(_store.Images.List().Single()).Untagged);
        AssertEmpty();
    }

    [Fact]
    public void ANameThatHasMovedSinceIsLeftAlone()
    {
        Image first = _store.MakeLayers("a", null, "echo 1 > a");
        Image second = _store.MakeLayers("a", null, "echo 2 > a");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Remove(first));

        Assert.Equal("ImageNotFound", failure.Definition.Id);
        Assert.Equal(second.Id, _store.Images.Resolve("a").Id);
    }

    [Fact]
    public void LayersOfOtherImagesStay()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a", "echo 2 > b");
        Image left = _store.MakeLayers("left", low, "echo 3 > c");
        Image right = _store.MakeLayers("right", low, "echo 4 > c");

        ImageRemoval done = _store.Images.Remove("left");

        Assert.Equal([left.Layers[2].Id], done.Layers);
        Assert.All(right.Refresh().Layers, static layer => Assert.True(Directory.Exists(layer.Path)));
    }

    [Fact]
    public void AnImageBelowOthersIsRefusedWithTheirNames()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a");
        _store.MakeLayers("left", low, "echo 3 > c");
        Image nameless = _store.MakeLayers(null, low, "echo 4 > c");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Remove("low"));

        Assert.Equal("ImageHasDependents", failure.Definition.Id);
        Assert.Contains($"'left:latest', '{nameless.ShortId}'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, _store.Images.List().Count());
    }

    [Fact]
    public void ForceTakesAllAboveTheTopFirst()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a", "echo 2 > b");
        Image same = _store.MakeLayers("same", low);
        Image middle = _store.MakeLayers("middle", low, "echo 3 > c");
        Image top = _store.MakeLayers("top", middle, "echo 4 > d");
        Image other = _store.MakeLayers("other", null, "echo 5 > e");

        ImageRemoval done = _store.Images.Remove("low", force: true);

        Assert.Equal([top.Id, middle.Id, same.Id, low.Id], done.Images);
        Assert.Equal(top.Layers.Reverse().Select(static layer => layer.Id), done.Layers);
        Assert.Equal([other.Id], _store.Images.List().Select(static i => i.Id));
        Assert.Single(_store.Engine.Layers.List());
    }

    [Fact]
    public void ForceOnALayerInTheMiddleTakesWhatStandsOnIt()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a", "echo 2 > b", "echo 3 > c");
        Image beside = _store.MakeLayers("beside", null, "echo 1 > x");
        Image entry = _store.Images.Resolve(image.Layers[1].Id);

        Assert.Equal(
            "ImageHasDependents", Assert.Throws<EngineException>(() => _store.Images.Remove(entry)).Definition.Id);
        Assert.Equal([image.Id], _store.Images.Remove(entry, force: true).Images);
        Assert.Equal([beside.Layers[0].Id], _store.Engine.Layers.List().Select(static layer => layer.Id));
    }

    [Fact]
    public void StepsWithoutNamesGoWithTheImageThatTheyLedTo()
    {
        Image first = _store.MakeLayers(null, null, "echo 1 > a");
        Image second = _store.MakeLayers(null, first);
        _store.MakeLayers("top", second, "echo 2 > b");
        Image named = _store.MakeLayers("named", first, "echo 3 > c");

        Assert.Single(_store.Images.Remove("top").Images);
        Assert.Equal([named.Id, second.Id, first.Id], _store.Images.Remove("named").Images);
        AssertEmpty();
    }

    [Fact]
    public void AContainerKeepsTheImageFromGoing()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");
        using StoredContainer container = new(_store, "happy", image);

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Remove("a"));

        Assert.Equal("ImageInUse", failure.Definition.Id);
        Assert.Contains("'happy'", failure.Message, StringComparison.Ordinal);
        // A name more or less does not concern it.
        _store.Images.AddTag(image, "b");
        Assert.Equal(["b:latest"], _store.Images.Remove("b").Untagged);
    }

    [Fact]
    public void ForceLeavesAStoppedContainerItsLayers()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a");
        Image high = _store.MakeLayers("high", low, "echo 2 > b");
        Image beside = _store.MakeLayers("beside", low, "echo 3 > b");
        using StoredContainer container = new(_store, "happy", high);

        ImageRemoval done = _store.Images.Remove("low", force: true);

        Assert.Equal(["happy"], done.Containers);
        Assert.Equal([beside.Layers[1].Id], done.Layers);
        Assert.Empty(_store.Images.List(all: true));
        Assert.Equal(["happy"], _store.Engine.Layers.Get(high.Layers[1].Id).Containers);
        Assert.Equal(["happy"], _store.Engine.Layers.Get(low.Layers[0].Id).Containers);
    }

    [Fact]
    public void WhatRunsAlwaysKeepsItsImage()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a");
        Image high = _store.MakeLayers("high", low, "echo 2 > b");
        using StoredContainer container = new StoredContainer(_store, "busy", high).Run();

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Remove("low", force: true));

        Assert.Equal("ImageInUse", failure.Definition.Id);
        Assert.Contains("'busy' (of 'high:latest')", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Stop-Container", failure.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(2, _store.Images.List().Count());
        container.Stop();
        Assert.Equal(2, _store.Images.Remove("low", force: true).Images.Count);
    }

    [Fact]
    public void ADamagedImageKeepsLayersFromBeingTakenAway()
    {
        Image bad = _store.MakeLayers("bad", null, "echo 1 > a");
        _store.MakeLayers("good", null, "echo 1 > a", "echo 2 > b");
        File.WriteAllText(_store.Layout.Blob(bad.Id), "{");

        Assert.Equal("StoreCorrupt", Assert.Throws<EngineException>(() => _store.Images.Remove("good")).Definition.Id);
        Assert.Equal(2, _store.Engine.Layers.List().Count());
    }

    [Fact]
    public void StoppedAnywhereItLeavesARightStore()
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > a");
        for (int steps = 0; ; steps++)
        {
            _store.MakeLayers("top", _store.MakeLayers("middle", low, "echo 2 > b"), "echo 3 > c");
            bool ended = StopAfter(steps, "middle");

            // What is still named is whole.
            foreach (Image image in _store.Images.List())
                Assert.All(image.Layers, static layer => Assert.True(Directory.Exists(layer.Path)));
            Assert.Contains("low:latest", _store.Images.List().Select(static i => i.ToString()));
            foreach (ImageLayer layer in _store.Engine.Layers.List())
                Assert.True(layer.Parent is null || Directory.Exists(_store.Layout.LayerFiles(layer.Parent)));
            if (ended) break;
        }

        Assert.Single(_store.Images.List());
    }

    private bool StopAfter(int steps, string name)
    {
        using StagedDirectory trash = StagingArea.Create(_store.Layout);
        StoreRemoval removal =
            LayerPS.Images.RemovalPlan.Make(_store.Layout, new LayerPS.Images.ImageTarget(name), force: true).Removal;
        return removal.Steps(_store.Layout, trash).Take(steps).Count() < steps;
    }

    private void AssertEmpty()
    {
        Assert.Empty(_store.Images.List(all: true));
        Assert.Empty(_store.Engine.Layers.List());
        foreach (string folder in (string[])[_store.Layout.Blobs, _store.Layout.Staging, _store.Layout.Layers])
            Assert.Empty(Directory.GetFileSystemEntries(folder));
        Assert.Equal("{}", File.ReadAllText(_store.Layout.References));
    }
}
