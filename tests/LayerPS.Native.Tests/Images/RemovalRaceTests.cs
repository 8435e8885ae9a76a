using Xunit;

namespace LayerPS.Tests.Images;

/// <summary>
/// Containers are made and images removed at the same moment: whoever comes second sees what the first did.
/// </summary>
public sealed class RemovalRaceTests : IDisposable
{
    private const int Rounds = 40;
    private readonly TemporaryStore _store = new();
    private readonly ContainerOptions _options = new() { Command = ["true"] };

    public void Dispose() => _store.Dispose();

    [Fact]
    public void EitherTheContainerIsMadeOrTheImageGoes()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Image image = _store.MakeLayers("a", null, $"echo {round} > a", "echo 2 > b");
            (EngineException? refused, EngineException? kept) = AtOnce(
                () => _store.Engine.Containers.Create(image, _options), () => _store.Images.Remove(image));

            Assert.True(refused is null != kept is null);
            Assert.Equal(refused is null ? "ImageInUse" : "ImageNotFound", (refused ?? kept)!.Definition.Id);
            Assert.Equal(refused is null ? 2 : 0, _store.Engine.Layers.List().Count());
            CheckAndRemoveContainers();
            if (refused is null) _store.Images.Remove("a");
        }
    }

    [Fact]
    public void AContainerThatIsMadeKeepsItsLayersWhateverForceTakes()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Image image = _store.MakeLayers("a", null, $"echo {round} > a", "echo 2 > b");
            (EngineException? refused, EngineException? kept) = AtOnce(
                () => _store.Engine.Containers.Create(image, _options), () => _store.Images.Remove(image, force: true));

            Assert.Null(kept);
            Assert.Empty(_store.Images.List());
            Assert.Equal(refused is null ? 2 : 0, _store.Engine.Layers.List().Count());
            CheckAndRemoveContainers();
            _store.Engine.Storage.Optimize();
        }
    }

    [Fact]
    public void WhatIsNamedMeanwhileIsNotOptimizedAway()
    {
        for (int round = 0; round < Rounds; round++)
        {
            Image image = _store.MakeLayers(null, null, $"echo {round} > a");
            (EngineException? refused, EngineException? failed) = AtOnce(
                () => _store.Images.AddTag(image, "named"), () => _store.Engine.Storage.Optimize());

            Assert.Null(failed);
            Assert.Equal(refused is null ? 1 : 0, _store.Images.List().Count(static i => i.Name is not null));
            if (refused is not null) continue;
            Assert.True(Directory.Exists(_store.Images.Resolve("named").Layers[0].Path));
            _store.Images.Remove("named");
        }
    }

    private void CheckAndRemoveContainers()
    {
        foreach (Container container in _store.Engine.Containers.List())
        {
            for (ImageLayer? layer = _store.Engine.Layers.Get(container.Parent); layer is not null;)
            {
                Assert.True(File.Exists(Path.Combine(layer.Path, layer.Id == container.Parent ? "b" : "a")));
                layer = layer.Parent is null ? null : _store.Engine.Layers.Get(layer.Parent);
            }

            _store.Engine.Containers.Remove(container);
        }
    }

    private static (EngineException? First, EngineException? Second) AtOnce(Action first, Action second)
    {
        using Barrier start = new(2);
        EngineException?[] failures = new EngineException?[2];
        Thread[] threads = [Start(0, first), Start(1, second)];
        foreach (Thread thread in threads) thread.Join();
        return (failures[0], failures[1]);

        Thread Start(int index, Action work)
        {
            Thread thread = new(() =>
            {
                start.SignalAndWait();
                try
                {
                    work();
                }
                catch (EngineException e)
                {
                    failures[index] = e;
                }
            });
            thread.Start();
            return thread;
        }
    }
}
