using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageTagTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ANameIsAddedToThoseThereAre()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");

        Image tagged = _store.Images.AddTag(image, "host:5000/b:1");

        Assert.Equal((image.Id, "host:5000/b", "1"), (tagged.Id, tagged.Name, tagged.Tag));
        Assert.Equal(["a:latest", "host:5000/b:1"], _store.Images.Resolve("a").References);
    }

    [Fact]
    public void ANameMovesFromTheImageThatHadIt()
    {
        Image first = _store.MakeLayers("a", null, "echo 1 > a");
        Image second = _store.MakeLayers("b", null, "echo 2 > a");

        _store.Images.AddTag(second, "a");

        Assert.Equal(["a:latest", "b:latest"], second.Refresh().References);
        Assert.Empty(first.Refresh().References);
    }

    [Fact]
    public void TheLastNameGoesAndTheImageStays()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");
        _store.Images.AddTag(image, "b");

        Assert.Equal(["b:latest"], _store.Images.RemoveTag("a:latest").References);
        Assert.Empty(_store.Images.RemoveTag("b").References);
        Assert.Equal([image.Id], _store.Images.ListDangling().Select(static i => i.Id));
    }

    [Fact]
    public void ANameThatNoImageHasIsTold()
    {
        _store.MakeLayers("base", null, "echo 1 > a");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.RemoveTag("bsae"));

        Assert.Equal("ImageNotFound", failure.Definition.Id);
        Assert.Contains("'base:latest'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADigestIsNoName()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");

        EngineException failure = Assert.Throws<EngineException>(
            () => _store.Images.AddTag(image, "b@" + image.Digest));

        Assert.Equal("ImageReferenceInvalid", failure.Definition.Id);
    }

    [Fact]
    public void AnImageThatIsGoneGetsNoName()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");
        _store.Images.Remove("a");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.AddTag(image, "b"));

        Assert.Equal("ImageNotFound", failure.Definition.Id);
        Assert.Empty(_store.Images.List());
    }

    [Fact]
    public void ALayerInTheMiddleBecomesAnImageByItsName()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a", "echo 2 > b");

        Image middle = _store.Images.AddTag(_store.Images.Resolve(image.Layers[0].Id), "middle");

        Assert.False(middle.Intermediate);
        Assert.NotNull(middle.Digest);
        Assert.Equal([image.Layers[0].Id], _store.Images.Resolve("middle").Layers.Select(static layer => layer.Id));
        Assert.Equal(2, _store.Images.List(all: true).Count());
    }
}
