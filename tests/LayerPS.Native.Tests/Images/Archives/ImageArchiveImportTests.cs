using System.IO.Compression;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageArchiveImportTests : IDisposable
{
    private const string FirstLayer = ImageArchive.First + "/layer.tar";

    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ADockerArchiveGivesItsImageWithNamesHistoryAndConfiguration()
    {
        Image image = Assert.Single(Import(ImageArchive.Docker("some/tool:1", "docker.io/library/tool:2")));

        Assert.Equal(["docker.io/library/tool:2", "some/tool:1"], image.References);
        AssertWhole(image);
        Assert.Equal(["step 0", "step 1"], image.Layers.Select(static layer => layer.CreatedBy!));
        Assert.Equal(2024, image.Created!.Value.Year);
        Assert.Equal(["CMD", "step 1", "step 0"], _store.Images.History(image).Select(static step => step.CreatedBy!));
    }

    [Fact]
    public void AnOciArchiveAndItsDirectoryAndItsPackedFormAreOneImage()
    {
        ImageArchive archive = ImageArchive.Oci("tool:1");
        string directory = _store.MakeDirectory("layout");
        archive.ToDirectory(directory);
        string packed = _store.PathOf("packed.tar.gz");
        using (GZipStream target = new(File.Create(packed), CompressionLevel.Fastest)) target.Write(archive.ToTar());

        Image first = Assert.Single(Import(archive));
        Image second = Assert.Single(_store.Images.Import(directory)), third = Assert.Single(_store.Images.Import(packed));

        AssertWhole(first);
        Assert.Equal(first.Digest, second.Digest);
        Assert.Equal(first.Digest, third.Digest);
        Assert.Single(_store.Images.List());
    }

    [Theory]
    [InlineData("gzip", "-c")]
    [InlineData("bzip2", "-c")]
    [InlineData("xz", "-c")]
    [InlineData("zstd", "-cq")]
    public void LayersMayBePacked(string tool, string option)
    {
        Image image = Assert.Single(Import(ImageArchive.Oci("tool:1", layer => Packed(layer, tool, option))));

        AssertWhole(image);
    }

    [Fact]
    public void TheSameImageByAnotherManifestIsStillOneImage()
    {
        Image plain = Assert.Single(Import(ImageArchive.Docker("tool:1")));
        Image packed = Assert.Single(Import(ImageArchive.Oci("tool:2", layer => Packed(layer, "gzip", "-c"))));

        Assert.Equal(plain.Digest, packed.Digest);
        Assert.Equal(["tool:1", "tool:2"], Assert.Single(_store.Images.List()).References);
    }

    [Fact]
    public void LayersThatAreStoredAreNotReadAgain()
    {
        Import(ImageArchive.Docker("tool:1"));
        ImageArchive archive = ImageArchive.Docker("tool:2");
        archive.Files[FirstLayer] = ImageArchive.Bytes("not a layer at all");

        Assert.Equal(["tool:1", "tool:2"], Assert.Single(Import(archive)).References);
    }

    [Fact]
    public void AnArchiveWithSeveralImagesGivesSeveralObjects()
    {
        ImageArchive archive = new();
        string both = archive.Manifest("amd64") + ',' + archive.Manifest("arm64");
        archive.Index(both);

        IReadOnlyList<Image> images = Import(archive);

        Assert.Equal(["amd64", "arm64"], images.Select(static image => image.Architecture));
        Assert.Equal(2, _store.Engine.Layers.List().Count());
    }

    [Fact]
    public void OneOfSeveralPlatformsIsChosen()
    {
        string other = Oci.ImagePlatform.Host.Architecture == "amd64" ? "arm64" : "amd64";
        byte[] archive = ImageArchive.MultiPlatform("tool:1", "s390x", "amd64", "arm64").ToTar();

        Assert.Equal(Oci.ImagePlatform.Host.Architecture, Assert.Single(Import(archive, new())).Architecture);
        Assert.Equal(other, Assert.Single(Import(archive, new() { Platform = $"linux/{other}" })).Architecture);
        EngineException failure =
            Assert.Throws<EngineException>(() => Import(archive, new() { Platform = "linux/riscv64" }));
        Assert.Equal("ImagePlatformNotFound", failure.Definition.Id);
        Assert.Contains("linux/s390x", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one:1", "one:1")]
    [InlineData("docker.io/library/one:1", "docker.io/library/one:1")]
    [InlineData("one", "one:latest")]
    [InlineData("NO NAME", null)]
    public void ANameInAnOciLayoutIsTaken(string written, string? name)
    {
        Assert.Equal(name is null ? [] : [name], Assert.Single(Import(ImageArchive.Oci(written))).References);
    }

    [Fact]
    public void AGivenNameTakesThePlaceOfThatInTheArchive()
    {
        Image image = Assert.Single(Import(ImageArchive.Docker("tool:1").ToTar(), new() { Name = "mine" }));

        Assert.Equal(["mine:latest"], image.References);
    }

    [Fact]
    public void LinksBetweenLayersStayInTheArchive()
    {
        ImageArchive archive = ImageArchive.Docker("tool:1");
        archive.Files.Remove(FirstLayer);
        archive.Files[$"{ImageArchive.Hex(ImageArchive.Base)}.tar"] = ImageArchive.Base;
        archive.Links[FirstLayer] = $"../{ImageArchive.Hex(ImageArchive.Base)}.tar";

        AssertWhole(Assert.Single(Import(archive)));
    }

    [Fact]
    public void ConfigurationOnTheCommandLineIsForRootFileSystems()
    {
        ImageImportOptions options = new() { Config = new() { Cmd = ["true"] } };

        EngineException failure = Assert.Throws<EngineException>(() => Import(ImageArchive.Oci("a:1").ToTar(), options));

        Assert.Equal("ImageOptionInvalid", failure.Definition.Id);
    }

    [Fact]
    public void ProgressCountsTheBytesOfTheLayers()
    {
        long last = 0;
        string path = _store.PathOf("archive.tar");
        File.WriteAllBytes(path, ImageArchive.Docker("tool:1").ToTar());

        _store.Images.Import(path, null, new Last(value => last = value));

        Assert.Equal(ImageArchive.Base.Length + ImageArchive.Top.Length, last);
    }

    private static void AssertWhole(Image image)
    {
        Assert.Equal(ImageArchive.Hex(ImageArchive.Configuration("amd64", ImageArchive.Base, ImageArchive.Top)), image.Id);
        Assert.Equal(2, image.Layers.Count);
        Assert.Equal("first", File.ReadAllText(Path.Combine(image.Layers[0].Path, "a")));
        Assert.Equal("second", File.ReadAllText(Path.Combine(image.Layers[1].Path, "b")));
        Assert.Equal(["/bin/sh"], image.Config.Cmd);
    }

    private byte[] Packed(byte[] content, string tool, string option)
    {
        string plain = _store.PathOf("plain"), packed = _store.PathOf("packed");
        File.WriteAllBytes(plain, content);
        Archives.Shell.Script(Path.GetDirectoryName(plain)!, $"{tool} {option} < plain > packed");
        return File.ReadAllBytes(packed);
    }

    private IReadOnlyList<Image> Import(ImageArchive archive) => Import(archive.ToTar(), new());

    private IReadOnlyList<Image> Import(byte[] archive, ImageImportOptions options)
    {
        string path = _store.PathOf("archive.tar");
        File.WriteAllBytes(path, archive);
        return _store.Images.Import(path, options);
    }

    private sealed class Last(Action<long> take) : IProgress<long>
    {
        public void Report(long value) => take(value);
    }
}
