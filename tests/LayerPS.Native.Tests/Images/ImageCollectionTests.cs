using System.Text.Json;
using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageCollectionTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void AnImageIsWhatItWasMadeAs()
    {
        ImageConfig config = new()
        {
            Cmd = ["/bin/a", "b c"],
            Env = ["A=1"],
            ExposedPorts = ["80/tcp"],
            Labels = new Dictionary<string, string> { ["who"] = "me" },
            StopSignal = "SIGINT",
        };
        Image made = MakeDirectoryImage("tools/a:1", "content", config);

        Image found = _store.Images.Resolve("tools/a:1");

        Assert.Equal(made.Id, found.Id);
        Assert.Equal(("tools/a", "1", "linux"), (found.Name, found.Tag, found.Os));
        Assert.Equal(JsonSerializer.Serialize(config), JsonSerializer.Serialize(found.Config));
        Assert.Equal("content".Length, found.Size);
        Assert.Equal("content", File.ReadAllText(Path.Combine(found.Layers[0].Path, "file")));
        Assert.Null(found.Layers[0].Parent);
        Assert.Equal([$"tools/a@{found.Digest}"], found.RepoDigests);
        Assert.Equal(found.Id, found.Refresh().Id);
        Assert.Contains(found.Id, JsonSerializer.Serialize(found), StringComparison.Ordinal);
    }

    [Fact]
    public void TheFormsOfANameMeanTheSameImage()
    {
        Image image = MakeDirectoryImage("a", "1");
        MakeDirectoryImage("b", "2");

        string[] forms =
        [
            "a", "a:latest", image.Id, image.ShortId, image.Id[..20], "sha256:" + image.Id, image.Digest!, "a@" + image.Digest,
        ];
        Assert.All(forms, form => Assert.Equal(image.Id, _store.Images.Resolve(form).Id));
    }

    [Fact]
    public void ANameThatMovesLeavesItsImageWithoutNames()
    {
        Image old = MakeDirectoryImage("a", "1");
        Image young = MakeDirectoryImage("a", "2");

        Assert.Equal(young.Id, _store.Images.Resolve("a").Id);
        Image nameless = _store.Images.Resolve(old.Id);
        Assert.Null(nameless.Name);
        Assert.Empty(nameless.References);
        Assert.Equal(2, _store.Images.List().Count());
        Assert.Equal([nameless.ShortId], nameless.Layers[0].Images);
    }

    [Fact]
    public void AMistypedNameBringsTheNearest()
    {
        MakeDirectoryImage("alpine", "1");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Resolve("alpnie"));

        Assert.Equal("ImageNotFound", failure.Definition.Id);
        Assert.Contains("'alpine:latest'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnIdThatSeveralBeginWithIsRefusedWithCandidates()
    {
        // 17 ids have at least one first digit twice.
        for (int i = 0; i < 17; i++) MakeDirectoryImage($"image{i}", $"{i}");
        string digit = _store.Images.List().GroupBy(i => i.Id[..1]).First(group => group.Count() > 1).Key;

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Resolve(digit));

        Assert.Equal("ImageNameAmbiguous", failure.Definition.Id);
        Assert.Contains("image", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "a:1,a:latest,b:latest")]
    [InlineData("a*", "a:1,a:latest")]
    [InlineData("A:[L]*", "a:latest")]
    [InlineData("?:l*", "a:latest,b:latest")]
    [InlineData("[b-c]", "b:latest")]
    [InlineData("x*", "")]
    public void WildcardsMatchNames(string pattern, string expected)
    {
        foreach (string name in (string[])["a", "a:1", "b"]) MakeDirectoryImage(name, name);
        Assert.Equal(expected, string.Join(',', _store.Images.Get(pattern)));
    }

    [Fact]
    public void AHistoryNamesTheStepAndItsLayer()
    {
        Image image = MakeDirectoryImage("a", "12345");

        ImageHistoryEntry entry = Assert.Single(_store.Images.History(image));

        Assert.Equal(("a:latest", image.Layers[0].Id, 5L), (entry.Image, entry.Id, entry.Size));
        Assert.StartsWith("New-Image -FromDirectory ", entry.CreatedBy, StringComparison.Ordinal);
        Assert.Equal(["a:latest"], entry.Tags);
        Assert.False(entry.EmptyLayer);
    }

    [Fact]
    public void ScratchHasOneLayerWithoutFiles()
    {
        Image image = _store.Images.CreateScratch("empty");

        Assert.Empty(Directory.GetFileSystemEntries(Assert.Single(image.Layers).Path));
        Assert.Equal(0, image.Size);
    }

    [Fact]
    public void ABlobThatWasChangedIsTold()
    {
        Image image = MakeDirectoryImage("a", "1");
        File.AppendAllText(_store.Layout.Blob(image.Id), " ");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Resolve("a"));

        Assert.Equal("StoreCorrupt", failure.Definition.Id);
        Assert.Contains(image.Id, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALayersTarIsTheOneThatItsDigestNames()
    {
        ImageLayer layer = MakeDirectoryImage("a", "content").Layers[0];

        using MemoryStream tar = new();
        using (FileStream split = File.OpenRead(_store.Layout.LayerTarSplit(layer.Id)))
            LayerTar.Rebuild(layer.Path, split, tar, CancellationToken.None);

        Assert.Equal(layer.DiffId, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(tar.ToArray())));
    }

    [Fact]
    public void ADirectoryThatHoldsTheStoreIsRefused()
    {
        string above = Path.GetDirectoryName(_store.Engine.Root)!;

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.CreateFromDirectory(above, "a"));

        Assert.Equal("ImageSourceInvalid", failure.Definition.Id);
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
    }

    [Fact]
    public void LayersKnowTheContainersThatStandOnThem()
    {
        ImageLayer layer = MakeDirectoryImage("a", "1").Layers[0];
        using StoredContainer container = new(_store, "happy", _store.Images.Resolve("a"));

        Assert.Equal(["happy"], layer.Refresh().Containers);
    }

    private Image MakeDirectoryImage(string name, string content, ImageConfig? config = null)
    {
        string directory = _store.MakeDirectory(Guid.NewGuid().ToString("N"));
        File.WriteAllText(Path.Combine(directory, "file"), content);
        return _store.Images.CreateFromDirectory(directory, name, config);
    }
}
