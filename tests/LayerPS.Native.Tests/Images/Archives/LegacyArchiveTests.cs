using System.Text.Json.Nodes;
using Xunit;

namespace LayerPS.Tests.Images;

/// <summary>Archives of docker before 1.10: a folder for each layer, which names the one below, and a table of names.</summary>
public sealed class LegacyArchiveTests : IDisposable
{
    private const string First = ImageArchive.First, Second = ImageArchive.Second, Repositories = "repositories";

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void TheLayersFollowThePointersToTheirParents()
    {
        Image image = Assert.Single(Import(ImageArchive.Legacy("1")));

        Assert.Equal(["tool:1"], image.References);
        Assert.Equal(
            [ImageArchive.Hex(ImageArchive.Base), ImageArchive.Hex(ImageArchive.Top)],
            image.Layers.Select(static layer => layer.DiffId));
        Assert.Equal(image.Layers[0].Id, image.Layers[1].Parent);
        Assert.Equal("first", File.ReadAllText(Path.Combine(image.Layers[0].Path, "a")));
        Assert.Equal("second", File.ReadAllText(Path.Combine(image.Layers[1].Path, "b")));
    }

    [Fact]
    public void TheTopmostSaysWhatContainersRunWithAndEachLayerIsALineOfHistory()
    {
        Image image = Assert.Single(Import(ImageArchive.Legacy("1")));

        Assert.Equal(["/bin/sh"], image.Config.Cmd);
        Assert.Equal(["A=1"], image.Config.Env);
        Assert.Equal(["/d"], image.Config.Volumes);
        Assert.Equal(new DateTimeOffset(2014, 1, 2, 3, 4, 5, TimeSpan.Zero), image.Created);
        ImageHistoryEntry[] history = [.. _store.Images.History(image)];
        Assert.Equal(["/bin/sh -c make 2", "/bin/sh -c make 1"], history.Select(static step => step.CreatedBy!));
        Assert.Equal([2014, 2013], history.Select(static step => step.Created!.Value.Year));
        Assert.Equal("done", history[0].Comment);
    }

    [Fact]
    public void TheConfigurationKeepsWhatIsUnknownAndNothingOfTheOldIds()
    {
        Image image = Assert.Single(Import(ImageArchive.Legacy("1")));

        JsonObject stored = JsonNode.Parse(File.ReadAllBytes(_store.Layout.Blob(image.Id)))!.AsObject();
        Assert.Equal("0.9.1", (string?)stored["docker_version"]);
        Assert.Equal("Ann", (string?)stored["history"]![0]!["author"]);
        Assert.DoesNotContain("Size", stored);
        Assert.DoesNotContain(Second, stored.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(First, stored.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageMayHaveSeveralTagsAndNone()
    {
        Assert.Equal(["tool:1", "tool:2", "tool:latest"], Assert.Single(Import(ImageArchive.Legacy("1", "latest", "2"))).References);
        _store.Images.Remove(Assert.Single(_store.Images.List()), force: true);

        Image unnamed = Assert.Single(Import(ImageArchive.Legacy()));
        Assert.Empty(unnamed.References);
        Assert.Equal(2, unnamed.Layers.Count);
    }

    [Fact]
    public void ATagMayBeOfALayerInTheMiddle()
    {
        ImageArchive archive = ImageArchive.Legacy("1");
        archive.Files[Repositories] = ImageArchive.Bytes(
            $"{{\"base\":{{\"1\":\"{First}\"}},\"here.org:5000/tool\":{{\"1\":\"{Second}\"}}}}");

        IReadOnlyList<Image> images = Import(archive);

        Assert.Equal(["base:1", "here.org:5000/tool:1"], images.SelectMany(static image => image.References));
        Assert.Equal([1, 2], images.Select(static image => image.Layers.Count));
        Assert.Equal(2, _store.Engine.Layers.List().Count());
        // The oldest did not say what they are for.
        Assert.Equal(["amd64", "amd64"], images.Select(static image => image.Architecture));
    }

    [Fact]
    public void BranchesShareTheirBase()
    {
        ImageArchive archive = ImageArchive.Legacy("1");
        archive.LegacyLayer(new string('3', 64), First, ImageArchive.Layer(("c", "third")));

        IReadOnlyList<Image> images = Import(archive);

        Assert.Equal(["tool:1", ""], images.Select(static image => string.Join(' ', image.References)));
        Assert.Equal(images[0].Layers[0].Id, images[1].Layers[0].Id);
        Assert.Equal(3, _store.Engine.Layers.List().Count());
    }

    [Fact]
    public void SavedAndLoadedAgainItIsTheSameImage()
    {
        Image image = Assert.Single(Import(ImageArchive.Legacy("1")));
        string saved = _store.PathOf("saved.tar");
        _store.Images.Save([image], saved, new());
        _store.Images.Remove(image, force: true);

        Assert.Equal(image.Id, Assert.Single(_store.Images.Import(saved)).Id);
    }

    [Theory]
    [InlineData(Second + "/json", "\"parent\":\"" + First, "\"parent\":\"" + Second, "ArchiveRefused")]
    [InlineData(First + "/json", "\"container_config\"", "\"parent\":\"" + Second + "\",\"container_config\"", "ArchiveRefused")]
    [InlineData(Second + "/json", "\"parent\":\"11", "\"parent\":\"33", "ArchiveInvalid")]
    [InlineData(Second + "/json", "\"parent\":\"11", "\"parent\":\"../11", "ArchiveInvalid")]
    [InlineData(Second + "/json", "\"parent\":\"" + First, "\"parent\":\"/etc", "ArchiveInvalid")]
    [InlineData(Second + "/json", "\"parent\":\"" + First + "\"", "\"parent\":{}", "ArchiveInvalid")]
    [InlineData(Second + "/json", "\"id\":\"22", "\"id\":\"33", "ArchiveInvalid")]
    [InlineData(Second + "/json", "\"docker_version\":\"", "\"docker_version\":\"\\ud800", "ArchiveInvalid")]
    [InlineData(Second + "/json", "[\"A=1\"]", "[null]", "ArchiveInvalid")]
    [InlineData(Second + "/json", "}", "", "ArchiveInvalid")]
    [InlineData(Second + "/VERSION", "1.0", "2.0", "ArchiveUnsupported")]
    [InlineData(Repositories, "2222", "../2222", "ArchiveInvalid")]
    [InlineData(Repositories, "2222", "3333", "ArchiveInvalid")]
    [InlineData(Repositories, "\"" + Second + "\"", "null", "ArchiveInvalid")]
    [InlineData(Repositories, "{\"1\":\"" + Second + "\"}", "null", "ArchiveInvalid")]
    [InlineData(Repositories, "tool", "../../tool", "ArchiveInvalid")]
    [InlineData(Repositories, "tool", "TOOL", "ArchiveInvalid")]
    public void WhatIsWrongIsRefusedWithAnErrorAndLeavesNothing(string file, string from, string to, string error)
    {
        ImageArchive archive = ImageArchive.Legacy("1");
        string before = System.Text.Encoding.UTF8.GetString(archive.Files[file]);
        Assert.Contains(from, before, StringComparison.Ordinal);

        AssertRefused(archive.Edit(file, from, to), error);
    }

    [Fact]
    public void ACircleOfLayersThatNothingNames()
    {
        ImageArchive archive = ImageArchive.Legacy();

        AssertRefused(
            archive.Edit(First + "/json", "\"container_config\"", $"\"parent\":\"{Second}\",\"container_config\""), "ArchiveInvalid");
    }

    [Theory]
    [InlineData(First + "/layer.tar")]
    [InlineData(First + "/json")]
    [InlineData(Second + "/json")]
    public void AFileThatIsMissing(string file)
    {
        ImageArchive archive = ImageArchive.Legacy("1");
        archive.Files.Remove(file);

        AssertRefused(archive, "ArchiveInvalid");
    }

    [Fact]
    public void MetadataThatIsDeepOrHugeOrALinkOut()
    {
        ImageArchive deep = ImageArchive.Legacy("1"), huge = ImageArchive.Legacy("1"), link = ImageArchive.Legacy("1");
        deep.Edit(Second + "/json", "\"Size\":9", $"\"x\":{new string('[', 1000)}{new string(']', 1000)}");
        huge.Edit(Second + "/json", "\"Size\":9", $"\"x\":\"{new string('x', 5 * 1024 * 1024)}\"");
        link.Files.Remove(Second + "/json");
        link.Links[Second + "/json"] = "../../etc/passwd";

        AssertRefused(deep, "ArchiveInvalid");
        AssertRefused(huge, "ArchiveRefused");
        AssertRefused(link, "ArchiveRefused");
    }

    [Fact]
    public void MoreLayersThanCanBeMounted()
    {
        ImageArchive archive = new();
        string? parent = null;
        for (int i = 0; i < 500; i++)
        {
            string id = i.ToString("x64", System.Globalization.CultureInfo.InvariantCulture);
            archive.LegacyLayer(id, parent, ImageArchive.Base);
            parent = id;
        }

        AssertRefused(archive, "ArchiveRefused");
    }

    private IReadOnlyList<Image> Import(ImageArchive archive)
    {
        string path = _store.PathOf("archive.tar");
        File.WriteAllBytes(path, archive.ToTar());
        return _store.Images.Import(path);
    }

    private void AssertRefused(ImageArchive archive, string error)
    {
        EngineException failure = Assert.Throws<EngineException>(() => Import(archive));

        Assert.True(error == failure.Definition.Id, $"{failure.Definition.Id}: {failure.Message}");
        Assert.Empty(_store.Images.List());
        Assert.Empty(_store.Engine.Layers.List());
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Blobs));
    }
}
