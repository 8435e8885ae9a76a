using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>What a container writes, as it is on the host's disk.</summary>
public sealed class UnionTests : IDisposable
{
    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void WhatIsWrittenIsInTheWritableLayerAndInNoLayerBelow()
    {
        Container container = _store.Create("touch", "/happiness.txt");

        Assert.Equal(0, _store.Containers.Run(container, static _ => { }).ExitCode);

        Assert.Equal(["happiness.txt"], NamesIn(container.UpperPath));
        Assert.All(_store.Base.Layers, layer => Assert.False(File.Exists(Path.Combine(layer.Path, "happiness.txt"))));
        Assert.Equal(_store.Base.Layers[^1].Id, container.Parent);
    }

    [Fact]
    public void DeletingAFileOfTheImageLeavesAWhiteoutAndTheLayerUntouched()
    {
        string inLayer = Path.Combine(_store.Base.Layers[^1].Path, "usr/bin/true");
        byte[] before = File.ReadAllBytes(inLayer);
        Container container = _store.CreateScript("rm /usr/bin/true && ! ls /usr/bin/true");

        Assert.Equal(0, _store.Containers.Run(container, static _ => { }).ExitCode);

        Assert.Equal("character special file 0,0", Shell.Run("stat", "-c", "%F %t,%T", Path.Combine(container.UpperPath, "usr/bin/true")).Trim());
        Assert.Equal(before, File.ReadAllBytes(inLayer));
    }

    [Fact]
    public void TwoContainersOfOneImageDoNotSeeEachOthersFiles()
    {
        Container first = _store.CreateScript("echo one > /file; while [ ! -e /end ]; do sleep 0.05; done");
        Container second = _store.CreateScript("ls /file; echo two > /file");
        _store.Containers.Start(first);
        List<string> said = [];

        _store.Containers.Run(second, entry => said.Add(entry.Text));

        Assert.Contains(said, static line => line.Contains("No such file", StringComparison.Ordinal));
        Assert.Equal("one\n", File.ReadAllText(Path.Combine(first.UpperPath, "file")));
        Assert.Equal("two\n", File.ReadAllText(Path.Combine(second.UpperPath, "file")));
    }

    [Fact]
    public void TheImagesFilesAreOneInodeForAllContainersAndTheHost()
    {
        string inLayer = Path.Combine(_store.Base.Layers[^1].Path, "usr/bin/sleep");
        string[] inodes =
        [
            .. Enumerable.Range(0, 2).Select(_ => _store.StartScript("exec sleep 100"))
                .Select(container => Shell.Run("stat", "-L", "-c", "%i", $"/proc/{container.Pid}/root/usr/bin/sleep").Trim()),
            Shell.Run("stat", "-c", "%i", inLayer).Trim(),
        ];

        Assert.Single(inodes.Distinct());
    }

    [Fact]
    public void NothingButItsOwnFilesIsLeftInTheWritableLayer()
    {
        Container container = _store.Create("true");

        _store.Containers.Run(container, static _ => { });

        Assert.Empty(NamesIn(container.UpperPath));
    }

    private static string[] NamesIn(string directory) =>
        [.. Directory.EnumerateFileSystemEntries(directory).Select(static path => Path.GetFileName(path))];
}
