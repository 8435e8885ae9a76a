using System.IO.Compression;
using System.Formats.Tar;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImportTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ThePackedArchiveGivesTheLayerOfThePlainOne()
    {
        string plain = MakeArchive("plain.tar", ("etc/hostname", "here"));
        string packed = _store.PathOf("packed.tar.gz");
        using (FileStream source = File.OpenRead(plain))
        using (GZipStream target = new(File.Create(packed), CompressionLevel.Fastest))
            source.CopyTo(target);

        Image first = Import(plain, "plain"), second = Import(packed, "packed");

        Assert.Equal(first.Layers[0].Id, second.Layers[0].Id);
        Assert.Equal("here", File.ReadAllText(Path.Combine(second.Layers[0].Path, "etc/hostname")));
        Assert.Equal("here".Length, second.Size);
    }

    [Fact]
    public void ProgressEndsAtTheArchivesLength()
    {
        string archive = MakeArchive("a.tar", ("file", new string('x', 5_000_000)));
        List<long> reports = [];

        _store.Images.Import(archive, null, new Reports(reports));

        Assert.True(reports.Count > 1);
        Assert.Equal(new FileInfo(archive).Length, reports[^1]);
        Assert.Equal(reports.Order(), reports);
    }

    [Fact]
    public void ManyImportsOfTheSameAtOnceGiveOneLayerAndAllNames()
    {
        string archive = MakeArchive("a.tar", ("file", "content"));

        Parallel.For(0, 16, i => Import(archive, $"image{i}"));

        Assert.Single(_store.Engine.Layers.List());
        Assert.Equal(16, _store.Images.List().SelectMany(static image => image.References).Count());
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
    }

    [Theory]
    [InlineData("manifest.json", "[{\"Config\":\"x\"}]")]
    [InlineData("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}")]
    public void AnArchiveOfImagesThatIsNotWholeLeavesNothing(string file, string content)
    {
        string archive = MakeArchive("images.tar", (file, content));

        EngineException failure = Assert.Throws<EngineException>(() => Import(archive, "a"));

        Assert.Equal("ArchiveInvalid", failure.Definition.Id);
        AssertNothing();
    }

    [Fact]
    public void AnArchiveThatIsCutOffLeavesNothing()
    {
        string archive = MakeArchive("a.tar", ("file", new string('x', 100_000)));
        using (FileStream file = File.OpenWrite(archive)) file.SetLength(50_000);

        EngineException failure = Assert.Throws<EngineException>(() => Import(archive, "a"));

        Assert.Equal("ArchiveInvalid", failure.Definition.Id);
        AssertNothing();
    }

    [Fact]
    public void ACancelledImportLeavesNothing()
    {
        string archive = MakeArchive("a.tar", ("file", new string('x', 5_000_000)));
        using CancellationTokenSource source = new();

        Assert.ThrowsAny<OperationCanceledException>(
            () => _store.Images.Import(archive, null, new Cancels(source), source.Token));

        AssertNothing();
    }

    [Fact]
    public void WhatIsNotThereAndWhatIsADirectoryAreTold()
    {
        Assert.Equal("ImageSourceNotFound", Fails(_store.PathOf("missing.tar")).Definition.Id);
        EngineException directory = Fails(_store.MakeDirectory("directory"));
        Assert.Equal("ImageSourceNotFound", directory.Definition.Id);
        Assert.Contains("-FromDirectory", directory.RecommendedAction, StringComparison.Ordinal);
    }

    private Image Import(string archive, string name) =>
        Assert.Single(_store.Images.Import(archive, new ImageImportOptions { Name = name }));

    private EngineException Fails(string path) =>
        Assert.Throws<EngineException>(() => Import(path, "a"));

    private void AssertNothing()
    {
        Assert.Empty(_store.Images.List());
        Assert.Empty(_store.Engine.Layers.List());
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Blobs));
    }

    private string MakeArchive(string name, params (string Path, string Content)[] files)
    {
        string path = _store.PathOf(name);
        using TarWriter writer = new(File.Create(path));
        foreach ((string file, string content) in files)
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file)
            {
                DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)),
            });
        }

        return path;
    }

    private sealed class Reports(List<long> all) : IProgress<long>
    {
        public void Report(long value) => all.Add(value);
    }

    private sealed class Cancels(CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value) => source.Cancel();
    }
}
