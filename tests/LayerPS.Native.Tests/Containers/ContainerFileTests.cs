using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>What a container sees, as an archive and as a list of changes.</summary>
public sealed class ContainerFileTests : IDisposable
{
    private const string Change = """
        echo new > /new; echo more >> /etc/passwd; rm /usr/bin/true; mkdir /empty; touch /usr/bin/cat.same
        mkdir /gone; rmdir /gone; chmod 600 /etc/group
        """;

    private readonly ContainerStore _store = new("chmod", "rmdir");
    private readonly string _folder = Directory.CreateTempSubdirectory("layerps export ").FullName;

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void ChangesAreExact()
    {
        Container container = Run(Change);

        Dictionary<string, ContainerChange> changes = _store.Containers.Compare(container).ToDictionary(static c => c.Path);

        Assert.Equal((ChangeKind.Added, 4L), (changes["/new"].Kind, changes["/new"].Size));
        Assert.Equal(ChangeKind.Added, changes["/empty"].Kind);
        Assert.Equal(ChangeKind.Modified, changes["/etc/passwd"].Kind);
        Assert.Equal(ChangeKind.Modified, changes["/etc/group"].Kind);
        Assert.Equal(ChangeKind.Deleted, changes["/usr/bin/true"].Kind);
        Assert.DoesNotContain("/gone", changes.Keys);
        Assert.DoesNotContain("/", changes.Keys);
        Assert.All(changes.Values, change => Assert.Equal(container.Name, change.Container));
        Assert.Empty(_store.Containers.Compare(_store.Create("true")));
    }

    [Fact]
    public void AnExportIsOneTreeWithoutWhiteouts()
    {
        Container container = Run(Change);
        string tar = Path.Combine(_folder, "all.tar");
        File.WriteAllText(tar, "old");

        _store.Containers.Export(container, tar);

        string listing = Shell.Run("tar", "-tf", tar);
        Assert.Contains("new\n", listing, StringComparison.Ordinal);
        Assert.Contains("usr/bin/sh\n", listing, StringComparison.Ordinal);
        Assert.DoesNotContain("usr/bin/true\n", listing, StringComparison.Ordinal);
        Assert.DoesNotContain(".wh.", listing, StringComparison.Ordinal);
        Assert.EndsWith("more\n", Shell.Run("tar", "-xOf", tar, "etc/passwd"), StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));

        Image flat = _store.Engine.Images.Import(tar, new ImageImportOptions { Name = "flat" }).Single();
        Assert.Single(flat.Layers);
        Container again = _store.Containers.Create(flat, new ContainerOptions { Command = ["cat", "/new"] });
        List<string> lines = [];
        _store.Containers.Run(again, entry => lines.Add(entry.Text));
        Assert.Equal(["new"], lines);
    }

    [Fact]
    public void OneThatRunsIsPausedOrNeverRanIsExportedAsWell()
    {
        Container running = _store.StartScript("echo x > /made; while :; do sleep 0.05; done");
        string made = Path.Combine(running.UpperPath, "made");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(made), TimeSpan.FromSeconds(30)));
        Assert.Contains("made\n", Export(running), StringComparison.Ordinal);
        Assert.Equal(ContainerState.Running, running.Refresh().State);

        _store.Containers.Suspend(running);
        Assert.Contains("made\n", Export(running), StringComparison.Ordinal);
        Assert.Equal(ContainerState.Paused, running.Refresh().State);

        string never = Export(_store.Create("true"));
        Assert.Contains("usr/bin/sh\n", never, StringComparison.Ordinal);
        Assert.DoesNotContain("made\n", never, StringComparison.Ordinal);
    }

    [Fact]
    public void AnExportThatIsCancelledChangesNothing()
    {
        Container container = _store.Create("true");
        string tar = Path.Combine(_folder, "all.tar");
        File.WriteAllText(tar, "old");

        Assert.ThrowsAny<OperationCanceledException>(
            () => _store.Containers.Export(container, tar, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Equal("old", File.ReadAllText(tar));
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder));
        foreach (string bad in (string[])[_folder, Path.Combine(_folder, "no", "all.tar")])
        {
            EngineException refused = Assert.Throws<EngineException>(() => _store.Containers.Export(container, bad));
            Assert.Equal("OutputPathInvalid", refused.Definition.Id);
        }
    }

    private string Export(Container container)
    {
        string tar = Path.Combine(_folder, container.Name + ".tar");
        _store.Containers.Export(container, tar);
        return Shell.Run("tar", "-tf", tar);
    }

    private Container Run(string script)
    {
        Container container = _store.CreateScript(script);
        Assert.Equal(0, _store.Containers.Run(container, static _ => { }).ExitCode);
        return container.Refresh();
    }
}
