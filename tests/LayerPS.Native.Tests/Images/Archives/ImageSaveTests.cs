using System.Formats.Tar;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageSaveTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly TemporaryStore _other = new();

    public void Dispose()
    {
        _store.Dispose();
        _other.Dispose();
    }

    public static TheoryData<ImageSaveFormat, LayerCompression> Forms()
    {
        TheoryData<ImageSaveFormat, LayerCompression> forms = [];
        foreach (ImageSaveFormat format in Enum.GetValues<ImageSaveFormat>())
            foreach (LayerCompression compression in Enum.GetValues<LayerCompression>()) forms.Add(format, compression);
        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void WhatIsSavedAndImportedElsewhereHasTheSameIds(ImageSaveFormat format, LayerCompression compression)
    {
        Image image = Import(ImageArchive.Docker("tool:1", "host.example/tool:2"))[0];
        string path = _store.PathOf("saved.tar");

        _store.Images.Save([image], path, new() { Format = format, Compression = compression });
        Image again = Assert.Single(_other.Images.Import(path));

        // It was asked for by its first name, since it was just imported by it.
        Assert.Equal([image.ToString()], again.References);
        Assert.Equal(image.Id, again.Id);
        Assert.Equal(image.Layers.Select(static layer => layer.Id), again.Layers.Select(static layer => layer.Id));
        Assert.Equal("second", File.ReadAllText(Path.Combine(again.Layers[1].Path, "b")));
        if (compression == LayerCompression.None) Assert.Equal(image.Digest, again.Digest);
    }

    [Fact]
    public void LayersThatImagesShareAreInTheArchiveOnce()
    {
        ImageArchive archive = new();
        archive.Index(archive.Manifest("amd64") + ',' + archive.Manifest("arm64"));
        IReadOnlyList<Image> images = Import(archive);
        string path = _store.PathOf("saved.tar");

        _store.Images.Save(images, path);

        string[] names = [.. NamesIn(path)];
        Assert.Equal(names.Distinct(), names);
        Assert.Contains($"blobs/sha256/{ImageArchive.Hex(ImageArchive.Base)}", names);
        Assert.Equal(
            images.Select(static image => image.Id), _other.Images.Import(path).Select(static image => image.Id));
    }

    [Fact]
    public void LayersAreByteForByteWhatCame()
    {
        Import(ImageArchive.Docker("tool:1"));
        string directory = _store.PathOf("layout");

        _store.Images.Save([_store.Images.Resolve("tool:1")], directory, new() { Directory = true });

        string blobs = Path.Combine(directory, "blobs/sha256");
        Assert.Equal(ImageArchive.Base, File.ReadAllBytes(Path.Combine(blobs, ImageArchive.Hex(ImageArchive.Base))));
        Assert.Equal(ImageArchive.Top, File.ReadAllBytes(Path.Combine(blobs, ImageArchive.Hex(ImageArchive.Top))));
        Assert.All(
            Directory.GetFiles(blobs),
            static file => Assert.Equal(Path.GetFileName(file), ImageArchive.Hex(File.ReadAllBytes(file))));
        Assert.Equal("tool:1", Assert.Single(_other.Images.Import(directory)).ToString());
    }

    [Fact]
    public void TheSameImagesGiveTheSameBytes()
    {
        IReadOnlyList<Image> images = Import(ImageArchive.Docker("tool:1"));
        string first = _store.PathOf("first.tar"), second = _store.PathOf("second.tar");

        _store.Images.Save(images, first);
        _store.Images.Save(images, second);

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void ADamagedLayerIsToldAndNoFileIsLeft()
    {
        Image image = Import(ImageArchive.Docker("tool:1"))[0];
        File.WriteAllText(Path.Combine(image.Layers[1].Path, "b"), "SECOND");
        string path = Path.Combine(_store.MakeDirectory("target"), "saved.tar");

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.Save([image], path));

        Assert.Equal("StoreCorrupt", failure.Definition.Id);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void ACancelledSaveLeavesWhatWasThere()
    {
        IReadOnlyList<Image> images = Import(ImageArchive.Docker("tool:1"));
        string path = Path.Combine(_store.MakeDirectory("target"), "saved.tar");
        File.WriteAllText(path, "before");

        Assert.ThrowsAny<OperationCanceledException>(
            () => _store.Images.Save(images, path, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal("before", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void WhatIsThereIsReplacedOnlyAsItMay()
    {
        IReadOnlyList<Image> images = Import(ImageArchive.Docker("tool:1"));
        string path = _store.PathOf("saved.tar"), layout = _store.PathOf("layout");
        File.WriteAllText(path, "before");
        ImageSaveOptions directory = new() { Directory = true };

        Assert.Equal("OutputExists", Fails(images, path, new() { NoClobber = true }));
        File.SetUnixFileMode(path, UnixFileMode.UserRead);
        Assert.Equal("HostAccessDenied", Fails(images, path, new()));
        _store.Images.Save(images, path, new() { Force = true });
        Assert.Equal("OutputPathInvalid", Fails(images, "/dev/null", new() { Force = true }));
        Assert.Equal("OutputPathInvalid", Fails(images, _store.PathOf("no/where.tar"), new()));
        Assert.Equal("OutputPathInvalid", Fails(images, _store.MakeDirectory("directory"), new()));
        Assert.Equal("OutputPathInvalid", Fails(images, path, directory));

        _store.Images.Save(images, layout, directory);
        Assert.Equal("OutputExists", Fails(images, layout, directory));
        _store.Images.Save(images, layout, directory with { Force = true });
        File.Delete(Path.Combine(layout, "oci-layout"));
        Assert.Equal("OutputExists", Fails(images, layout, directory with { Force = true }));
    }

    [Fact]
    public void ALayerInTheMiddleOfAnImageBecomesAnImage()
    {
        Import(ImageArchive.Docker("tool:1"));
        Image middle = _store.Images.List(all: true).Single(static image => image.Intermediate);
        string path = _store.PathOf("saved.tar");

        _store.Images.Save([middle], path);

        Assert.Equal(middle.Layers[0].Id, Assert.Single(Assert.Single(_other.Images.Import(path)).Layers).Id);
    }

    private string Fails(IReadOnlyList<Image> images, string path, ImageSaveOptions options) =>
        Assert.Throws<EngineException>(() => _store.Images.Save(images, path, options)).Definition.Id;

    private IReadOnlyList<Image> Import(ImageArchive archive)
    {
        string path = _store.PathOf("archive.tar");
        File.WriteAllBytes(path, archive.ToTar());
        return _store.Images.Import(path);
    }

    private static IEnumerable<string> NamesIn(string path)
    {
        using TarReader reader = new(File.OpenRead(path));
        while (reader.GetNextEntry() is { } entry) yield return entry.Name;
    }
}
