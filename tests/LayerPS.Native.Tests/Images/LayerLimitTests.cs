using LayerPS.Tests.Containers;
using Xunit;

namespace LayerPS.Tests.Images;

/// <summary>The kernel stacks 499 layers, and each container has two of its own below its image's.</summary>
public sealed class LayerLimitTests : IDisposable
{
    private readonly ContainerStore _store = new();
    private readonly string _context = Directory.CreateTempSubdirectory("layerps context ").FullName;

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_context, recursive: true);
    }

    [Fact]
    public void AContainerStandsOnAsManyLayersAsThereMayBeAndMakesNoMore()
    {
        Image deep = Import(497);
        Container container = _store.Containers.Create(deep, new ContainerOptions { Command = ["/none"] });

        // That the command is not found is told by what runs when the union is mounted.
        EngineException started = Assert.Throws<EngineException>(() => _store.Containers.Start(container));
        Assert.Equal("ContainerStartFailed", started.Definition.Id);
        Assert.Contains("'/none' is not in the container", started.Message, StringComparison.Ordinal);
        AssertExceeded(() => _store.Containers.Checkpoint(container), "498");
        AssertExceeded(() => Build("FROM deep\nCOPY Dockerfile /x\nCOPY Dockerfile /y"), "499");
        AssertExceeded(() => Build("FROM deep\nWORKDIR /a"), "498");
        Assert.Equal(497, Build("FROM deep\nENV A=1").Layers.Count);
    }

    [Fact]
    public void NoContainerIsMadeOfAnImageThatCouldNotBeMounted()
    {
        Image deep = Import(498);

        AssertExceeded(() => _store.Containers.Create(deep, new ContainerOptions { Command = ["/none"] }), "498");
        Assert.Empty(_store.Containers.List());
    }

    private static void AssertExceeded(Action work, string count)
    {
        EngineException failure = Assert.Throws<EngineException>(work);
        Assert.Equal("ImageLayersExceeded", failure.Definition.Id);
        Assert.Contains(count, failure.Message, StringComparison.Ordinal);
    }

    private Image Build(string dockerfile)
    {
        File.WriteAllText(Path.Combine(_context, "Dockerfile"), dockerfile);
        return _store.Engine.Images.Build(new BuildOptions { ContextPath = _context, Network = ContainerNetwork.None });
    }

    private Image Import(int layers)
    {
        byte[] layer = ImageArchive.Base;
        ImageArchive archive = new();
        archive.Files["layer.tar"] = layer;
        archive.Files["config.json"] = ImageArchive.Configuration("amd64", [.. Enumerable.Repeat(layer, layers)]);
        string files = string.Join(',', Enumerable.Repeat("\"layer.tar\"", layers));
        archive.Files["manifest.json"] = ImageArchive.Bytes(
            $"[{{\"Config\":\"config.json\",\"RepoTags\":[\"deep:latest\"],\"Layers\":[{files}]}}]");
        string path = Path.Combine(_context, "deep.tar");
        File.WriteAllBytes(path, archive.ToTar());
        Image image = Assert.Single(_store.Engine.Images.Import(path));
        File.Delete(path);
        return image;
    }
}
