using LayerPS.Archives;
using LayerPS.Storage;
using LayerPS.Tests.Archives;
using LayerPS.Union;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Images that are made of containers.</summary>
public sealed class CheckpointTests : IDisposable
{
    // On layers of the base image and of a first checkpoint, so that there is something below to change.
    private const string Furnish = """
        mkdir -p /data/old/deep /data/gone /data/replaced /linked
        echo one > /data/old/deep/file; echo two > /data/gone/file; echo three > /data/replaced/file
        echo file > /data/becomes-directory; echo mode > /data/mode; echo touched > /data/touched
        echo linked > /linked/a; ln /linked/a /linked/b; echo again > /data/again
        """;

    private const string Change = """
        cp -r /data/old /data/new && rm -r /data/old
        rm -r /data/gone; rm -r /data/replaced; mkdir /data/replaced; echo other > /data/replaced/only
        rm /data/becomes-directory; mkdir /data/becomes-directory; echo x > /data/becomes-directory/x
        chmod 4711 /data/mode; touch -d '2001-02-03 04:05:06' /data/touched; chown 12:34 /linked
        rm /data/again; echo new > /data/again; rm /linked/b; ln /data/again /linked/b; ln -s /nowhere /data/link
        mkdir /data/renamed-from; echo r > /data/renamed-from/r; mv /data/renamed-from /data/gone
        mknod /data/node c 1 3; mkfifo /data/fifo; chmod 1750 /data; rm /usr/bin/true
        printf 'x' > "$(printf '/data/raw-\377\n')"
        """;

    private readonly ContainerStore _store = new("cp", "mv", "chmod", "chown", "mknod", "mkfifo");

    public void Dispose() => _store.Dispose();

    [Fact]
    public void TheNewImageShowsWhatTheContainerSaw()
    {
        Image furnished = Commit(_store.Base, Furnish, out _);

        Image changed = Commit(furnished, Change, out Container container);

        Shell.Run("setfattr", "-n", "user.note", "-v", "0x0a00ff", Path.Combine(container.UpperPath, "data/mode"));
        Image noted = _store.Containers.Checkpoint(container);
        using UnionMount seen = Mount([container.UpperPath, .. furnished.LowerPaths]);
        using UnionMount kept = Mount(noted.LowerPaths);
        Assert.Equal(Describe(seen), Describe(kept));
        Assert.Equal(furnished.Layers.Count + 1, changed.Layers.Count);
        Assert.Equal(furnished.Layers[^1].Id, changed.Layers[^1].Parent);
        Assert.Equal(furnished.Digest, changed.Parent);
    }

    [Fact]
    public void TheLayerIsWhatItsDigestSaysAndItsTarComesAgain()
    {
        Image changed = Commit(Commit(_store.Base, Furnish, out _), Change, out _);

        ImageLayer top = changed.Layers[^1];
        using MemoryStream tar = new();
        using (FileStream split = File.OpenRead(_store.Layout.LayerTarSplit(top.Id)))
            LayerTar.Rebuild(top.Path, split, tar, default);

        Assert.Equal(top.DiffId, ContentDigest.HexOf(tar.ToArray()));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.Staging));
    }

    [Fact]
    public void ItsContainersRunWhatTheContainerRanWithTheChangesMade()
    {
        Container container = _store.Containers.Create(_store.Base, new ContainerOptions
        {
            Command = ["sh", "-c", "echo $A $B $(cat /made)"], Environment = ["A=1"],
            Labels = new Dictionary<string, string> { ["who"] = "me" },
        });
        _store.Containers.Run(container, static _ => { });
        File.WriteAllText(Path.Combine(container.UpperPath, "made"), "here");

        Image image = _store.Containers.Checkpoint(container, new CheckpointOptions
        {
            Name = "made:1", Author = "Ann", Message = "a step",
            Change = new ImageConfigChange
            {
                Env = ["B=2", "A=3"], WorkingDir = "/usr", ExposedPorts = ["80/tcp"], Volumes = ["/v"],
                Labels = new Dictionary<string, string> { ["why"] = "test" },
            },
        });

        List<string> lines = [];
        _store.Containers.Run(_store.Containers.Create(image), entry => lines.Add(entry.Text));
        Assert.Equal(["3 2 here"], lines);
        Assert.Equal(("made:1", "Ann", "/usr"), (image.ToString(), image.Author, image.Config.WorkingDir));
        Assert.Equal(["80/tcp", "/v"], image.Config.ExposedPorts.Concat(image.Config.Volumes));
        Assert.Equal(("me", "test"), (image.Config.Labels["who"], image.Config.Labels["why"]));
        Assert.DoesNotContain(image.Config.Env, static variable => variable.StartsWith("HOSTNAME=", StringComparison.Ordinal));
        ImageHistoryEntry step = _store.Engine.Images.History(image).First();
        Assert.Equal(("sh -c echo $A $B $(cat /made)", "a step", image.Layers[^1].Id), (step.CreatedBy, step.Comment, step.Id));
        Assert.Equal(2, _store.Engine.Images.History(image).Count());
    }

    [Fact]
    public void ARunningOneIsPausedMeanwhileAndGoesOn()
    {
        Container container = _store.StartScript("echo up > /up; while [ ! -e /end ]; do sleep 0.02; done; exit 7");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(container.UpperPath, "up")), TimeSpan.FromSeconds(30)));
        List<ContainerState> states = [];
        CheckpointOptions options = new() { Progress = new Observer(() => states.Add(container.Refresh().State)) };

        Image paused = _store.Containers.Checkpoint(container, options);
        Image running = _store.Containers.Checkpoint(container, options with { NoPause = true });

        Assert.Equal([ContainerState.Paused, ContainerState.Running], states);
        Assert.All([paused, running], static image => Assert.True(File.Exists(Path.Combine(image.Layers[^1].Path, "up"))));
        File.WriteAllText($"/proc/{container.Pid}/root/end", "");
        Assert.Equal(7, _store.Containers.Wait(container).ExitCode);
    }

    [Fact]
    public void AnImageThatIsGoneDoesNotMatterAsLongAsItsLayersAreThere()
    {
        Container container = _store.CreateScript("echo x > /x");
        _store.Containers.Run(container, static _ => { });
        _store.Engine.Images.Remove(_store.Base, force: true);

        Image image = _store.Containers.Checkpoint(container, new CheckpointOptions { Name = "rescued" });

        Assert.Equal([container.Parent, image.Layers[^1].Id], image.Layers.Select(static layer => layer.Id));
        Assert.Equal(0, _store.Containers.Run(_store.Containers.Create(image), static _ => { }).ExitCode);
    }

    [Fact]
    public void NamesThatWouldDeleteOthersInALayerAreLeftOut()
    {
        Container container = _store.CreateScript("touch /.wh.usr /.wh..wh..opq /plain");
        _store.Containers.Run(container, static _ => { });
        List<string> warnings = [];

        Image image = _store.Containers.Checkpoint(container, new CheckpointOptions { Warning = warnings.Add });

        Assert.Equal(["plain"], Directory.EnumerateFileSystemEntries(image.Layers[^1].Path).Select(Path.GetFileName));
        Assert.Equal(2, warnings.Count);
    }

    private Image Commit(Image image, string script, out Container container)
    {
        container = _store.Containers.Create(image, new ContainerOptions { Command = ["sh", "-euc", script] });
        List<string> said = [];
        ContainerExit exit = _store.Containers.Run(container, entry => said.Add(entry.Text));
        Assert.True(exit.ExitCode == 0, string.Join('\n', said));
        return _store.Containers.Checkpoint(container);
    }

    private static string Describe(UnionMount union) =>
        FileTrees.Describe(union.Path.Replace("self", $"{Environment.ProcessId}", StringComparison.Ordinal));

    private static UnionMount Mount(IReadOnlyList<string> lowers) =>
        UnionMount.Create(lowers, null, null, UnionMountOptions.Default);

    private sealed class Observer(Action look) : IProgress<long>
    {
        public void Report(long value) => look();
    }
}
