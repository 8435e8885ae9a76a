using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Images;

/// <summary>Whatever an archive of images tries, it is refused with an error of the engine, and leaves nothing.</summary>
public sealed class HostileImageArchiveTests : IDisposable
{
    private const string FirstLayer = ImageArchive.First + "/layer.tar";

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(FirstLayer, "../../etc/passwd", "ArchiveRefused")]
    [InlineData(FirstLayer, "/etc/passwd", "ArchiveInvalid")]
    [InlineData(FirstLayer, "missing", "ArchiveInvalid")]
    [InlineData(FirstLayer, "manifest.json", "ArchiveInvalid")]
    [InlineData("\"Layers\":[\"" + FirstLayer + "\",", "\"Layers\":[", "ArchiveInvalid")]
    [InlineData("\"Layers\":[\"" + FirstLayer + "\",", "\"Layers\":[null,", "ArchiveInvalid")]
    [InlineData("\"Config\"", "\"Konfig\"", "ArchiveInvalid")]
    [InlineData("tool:1", "../tool", "ArchiveInvalid")]
    [InlineData("[{", "[null,{", "ArchiveInvalid")]
    [InlineData("}]", "}", "ArchiveInvalid")]
    public void AManifestOfDockerThatPointsElsewhere(string from, string to, string error) =>
        AssertRefused(ImageArchive.Docker("tool:1").Edit("manifest.json", from, to).ToTar(), error);

    [Theory]
    [InlineData("../../../../etc/passwd", "ArchiveRefused")]
    [InlineData("/etc/passwd", "ArchiveRefused")]
    [InlineData("layer.tar", "ArchiveRefused")]
    [InlineData("nowhere", "ArchiveInvalid")]
    [InlineData("VERSION", "ArchiveInvalid")]
    public void ALinkInPlaceOfALayer(string target, string error)
    {
        ImageArchive archive = ImageArchive.Docker("tool:1");
        archive.Files.Remove(FirstLayer);
        archive.Links[FirstLayer] = target;

        AssertRefused(archive.ToTar(), error);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("/..")]
    [InlineData("a/../../b")]
    public void ALayerThatReachesOut(string name)
    {
        ImageArchive archive = new();
        byte[] layer = new TarBuilder().Add(name, content: "x").End();
        byte[] configuration = ImageArchive.Configuration("amd64", layer);
        archive.Files["layer.tar"] = layer;
        archive.Files["config.json"] = configuration;
        archive.Files["manifest.json"] = ImageArchive.Bytes("[{\"Config\":\"config.json\",\"Layers\":[\"layer.tar\"]}]");

        AssertRefused(archive.ToTar(), "ArchiveRefused");
    }

    [Fact]
    public void AnotherConfigurationThanItsNameSays()
    {
        ImageArchive archive = ImageArchive.Docker("tool:1");
        string name = archive.Files.Keys.Single(static file => file.EndsWith(".json", StringComparison.Ordinal) && file.Length > 64);

        AssertRefused(archive.Edit(name, "/bin/sh", "/bin/su").ToTar(), "ArchiveInvalid");
    }

    [Fact]
    public void ALayerThatIsAnotherThanTheConfigurationSays()
    {
        ImageArchive archive = ImageArchive.Docker("tool:1");
        archive.Files[ImageArchive.Second + "/layer.tar"] = ImageArchive.Layer(("b", "changed"));

        AssertRefused(archive.ToTar(), "ArchiveInvalid");
    }

    [Fact]
    public void BlobsThatAreChangedOrLongerOrMissing()
    {
        string[] blobs = [.. ImageArchive.Oci("tool:1").Files.Keys.Where(static file => file.Length > 64)];
        foreach (string blob in blobs)
        {
            ImageArchive changed = ImageArchive.Oci("tool:1"), longer = ImageArchive.Oci("tool:1");
            ImageArchive missing = ImageArchive.Oci("tool:1");
            changed.Files[blob] = [.. changed.Files[blob]];
            changed.Files[blob][^1] ^= 1;
            longer.Files[blob] = [.. longer.Files[blob], .. new byte[512]];
            missing.Files.Remove(blob);
            AssertRefused(changed.ToTar(), "ArchiveInvalid");
            AssertRefused(longer.ToTar(), "ArchiveInvalid");
            AssertRefused(missing.ToTar(), "ArchiveInvalid");
        }
    }

    [Theory]
    [InlineData("\"size\":", "\"size\":1", "ArchiveInvalid")]
    [InlineData("\"size\":", "\"size\":-", "ArchiveInvalid")]
    [InlineData("sha256:", "sha512:", "ArchiveUnsupported")]
    [InlineData("sha256:", "sha256:../../../", "ArchiveUnsupported")]
    [InlineData("\"manifests\":[", "\"manifests\":[null,", "ArchiveInvalid")]
    [InlineData("\"manifests\":[{", "\"manifests\":{", "ArchiveInvalid")]
    [InlineData("\"manifests\"", "\"else\"", "ArchiveInvalid")]
    public void AnIndexThatIsWrong(string from, string to, string error) =>
        AssertRefused(ImageArchive.Oci("tool:1").Edit("index.json", from, to).ToTar(), error);

    [Fact]
    public void AnIndexThatNamesItself()
    {
        // Digests do not allow a real circle; this is the nearest to it.
        ImageArchive archive = new();
        string inner = archive.Manifest("amd64");
        for (int depth = 0; depth < 50; depth++)
            inner = archive.Blob(
                "application/vnd.oci.image.index.v1+json",
                ImageArchive.Bytes($"{{\"schemaVersion\":2,\"manifests\":[{inner}]}}"));

        AssertRefused(archive.Index(inner).ToTar(), "ArchiveRefused");
    }

    [Fact]
    public void JsonWithoutEndAndWithoutBottom()
    {
        ImageArchive huge = ImageArchive.Docker("tool:1"), deep = ImageArchive.Docker("tool:1");
        huge.Files["manifest.json"] = ImageArchive.Bytes("[" + new string(' ', 5 * 1024 * 1024) + "]");
        deep.Files["manifest.json"] = ImageArchive.Bytes(new string('[', 100_000));

        AssertRefused(huge.ToTar(), "ArchiveRefused");
        AssertRefused(deep.ToTar(), "ArchiveInvalid");
    }

    [Fact]
    public void MoreLayersThanCanBeMounted()
    {
        ImageArchive archive = new();
        byte[] configuration = ImageArchive.Configuration("amd64", [.. Enumerable.Repeat(ImageArchive.Base, 500)]);
        archive.Files["config.json"] = configuration;
        archive.Files["manifest.json"] = ImageArchive.Bytes("[{\"Config\":\"config.json\",\"Layers\":[]}]");

        AssertRefused(archive.ToTar(), "ArchiveRefused");
    }

    [Fact]
    public void TheSameNameTwice()
    {
        byte[] archive = ImageArchive.Docker("tool:1").ToTar();
        byte[] second = ImageArchive.Docker("tool:2").ToTar();

        AssertRefused([.. archive[..^1024], .. second], "ArchiveRefused");
    }

    [Fact]
    public void AnArchiveThatIsCutOffAnywhere()
    {
        byte[] whole = ImageArchive.Docker("tool:1").ToTar();
        // The last 1024 bytes are the mark of the end, which tar does without.
        for (int length = 0; length < whole.Length - 1024; length += 512) AssertRefused(whole[..length], error: null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnyByteMayBeWrong(int seed)
    {
        Random random = new(seed);
        byte[][] archives =
        [
            ImageArchive.Docker("tool:1").ToTar(), ImageArchive.Oci("tool:1").ToTar(),
            ImageArchive.MultiPlatform("tool:1", "amd64", "arm64").ToTar(),
        ];
        for (int round = 0; round < 150; round++)
        {
            byte[] archive = [.. archives[round % archives.Length]];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(archive.Length);
                if (random.Next(4) == 0) Array.Clear(archive, at, Math.Min(random.Next(600), archive.Length - at));
                else archive[at] = (byte)random.Next(256);
            }

            AssertWholeOrNothing(archive, $"seed {seed}, round {round}");
        }
    }

    private void AssertWholeOrNothing(byte[] archive, string which)
    {
        try
        {
            foreach (Image image in Import(archive)) _store.Images.Remove(image, force: true);
        }
        catch (EngineException)
        {
            // As it should be.
        }
        catch (Exception e)
        {
            Assert.Fail($"{which}: {e}");
        }

        foreach (Image left in _store.Images.List()) _store.Images.Remove(left, force: true);
        AssertNothing();
    }

    private void AssertRefused(byte[] archive, string? error)
    {
        EngineException failure = Assert.Throws<EngineException>(() => Import(archive));

        if (error is not null) Assert.True(error == failure.Definition.Id, $"{failure.Definition.Id}: {failure.Message}");
        AssertNothing();
    }

    private IReadOnlyList<Image> Import(byte[] archive)
    {
        string path = _store.PathOf("archive.tar");
        File.WriteAllBytes(path, archive);
        return _store.Images.Import(path);
    }

    private void AssertNothing()
    {
        Assert.Empty(_store.Images.List());
        Assert.Empty(_store.Engine.Layers.List());
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Blobs));
    }
}
