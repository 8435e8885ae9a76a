using System.Text.Json;
using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageComparisonTests : IDisposable
{
    private const string Base = """
        mkdir -p etc usr/bin var/old/deep
        echo one > etc/same; echo two > etc/changed; echo three > etc/deleted; echo 1234 > etc/bytes
        echo tool > usr/bin/tool; echo old > var/old/deep/file; ln -s same etc/link; mknod null c 1 3
        """;

    private readonly TemporaryStore _store = new();
    private readonly Image _base;

    public ImageComparisonTests() => _base = _store.MakeLayers("base", null, Base);

    public void Dispose() => Shell.Run("rm", "-rf", Path.GetDirectoryName(_store.Engine.Root)!);

    [Fact]
    public void AnImageDoesNotDifferFromItself()
    {
        Assert.Empty(_store.Images.Compare(_base, _base));
        Assert.Empty(_store.Images.Compare(_base, _store.MakeLayers("again", null, Base)));
    }

    [Fact]
    public void EveryChangeIsToldWithWhatItWas()
    {
        Image after = _store.MakeLayers("after", _base, """
            mkdir -p etc usr/bin; echo changed > etc/changed; echo 4321 > etc/bytes; : > etc/.wh.deleted; ln -s other etc/link
            echo new > etc/new; cp --preserve=all /dev/null etc/empty; : > .wh.null
            """);

        Dictionary<string, ImageChange> changes = _store.Images.Compare(_base, after).ToDictionary(c => c.Path);

        Assert.Equal(
            ["/etc/bytes", "/etc/changed", "/etc/deleted", "/etc/empty", "/etc/link", "/etc/new", "/null"],
            changes.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((ChangeKind.Modified, FileAspects.Content, 8), Of("/etc/changed"));
        Assert.Equal((ChangeKind.Modified, FileAspects.Content, 5), Of("/etc/bytes"));
        Assert.Equal((ChangeKind.Added, FileAspects.None, 4), Of("/etc/new"));
        Assert.Equal((ChangeKind.Deleted, FileAspects.None, 6), Of("/etc/deleted"));
        Assert.Equal(("same", "other"), (changes["/etc/link"].Before!.Target, changes["/etc/link"].After!.Target));
        Assert.Equal(("1:3", null), (changes["/null"].Before!.Device, changes["/null"].After));
        Assert.Equal(FileKind.CharacterDevice, changes["/null"].Before!.Kind);
        Assert.Equal(changes["/etc/link"], JsonSerializer.Deserialize<ImageChange>(JsonSerializer.Serialize(changes["/etc/link"])));

        (ChangeKind, FileAspects, long) Of(string path) =>
            (changes[path].Kind, changes[path].Aspects, changes[path].Size);
    }

    [Fact]
    public void EveryAspectIsTold()
    {
        string[] changes =
        [
            "chmod 4711 a", "chown 5:6 a", "touch -d @5 a", "setfattr -n user.x -v 1 a", "rm a; mkdir a", "echo 2 > a",
            "chmod 600 a; chown 5 a; echo 3 > a; touch -d @7 a",
        ];
        FileAspects[] expected =
        [
            FileAspects.Mode, FileAspects.Owner, FileAspects.Modified, FileAspects.Attributes, FileAspects.Kind,
            FileAspects.Content, FileAspects.Mode | FileAspects.Owner | FileAspects.Content | FileAspects.Modified,
        ];
        Image before = _store.MakeLayers(null, null, "echo 1 > a");

        Assert.Equal(expected, changes.Select(change =>
        {
            // A time of long ago is not taken for one that the building of the test image has to even out.
            Image after = _store.MakeLayers(null, before, $"echo 1 > a; {change}");
            return Assert.Single(_store.Images.Compare(before, after)).Aspects;
        }));
    }

    [Theory]
    [InlineData("mkdir -p var/old; : > var/old/.wh..wh..opq; echo x > var/old/x", "/var/old/deep /var/old/deep/file /var/old/x")]
    [InlineData("mkdir -p var; : > var/.wh.old", "/var/old /var/old/deep /var/old/deep/file")]
    [InlineData("mkdir -p var; echo file > var/old", "/var/old /var/old/deep /var/old/deep/file")]
    [InlineData("mkdir -p var; ln -s /etc var/old", "/var/old /var/old/deep /var/old/deep/file")]
    [InlineData("mkdir -p etc/same; echo x > etc/same/x", "/etc/same /etc/same/x")]
    [InlineData("mkdir -p usr/bin; echo tool > usr/bin/tool", "")]
    public void BothDirectionsTellTheSamePaths(string script, string expected)
    {
        Image after = _store.MakeLayers("after", _base, script);

        ImageChange[] there = [.. _store.Images.Compare(_base, after)];
        ImageChange[] back = [.. _store.Images.Compare(after, _base)];

        Assert.Equal(expected, string.Join(' ', there.Select(static c => c.Path).Order(StringComparer.Ordinal)));
        Assert.Equal(
            there.Select(static c => (c.Path, c.Before, c.After)), back.Select(static c => (c.Path, c.After, c.Before)),
            static (a, b) => a.Path == b.Path && Json(a.Item2) == Json(b.Item2) && Json(a.Item3) == Json(b.Item3));
    }

    [Fact]
    public void WhatOneLayerDeletesAndTheNextMakesAgainIsComparedWhole()
    {
        Image after = _store.MakeLayers("after", _base, ": > .wh.var", "mkdir -p var/old/deep; echo old > var/old/deep/file");
        Assert.Empty(_store.Images.Compare(_base, after));

        Image less = _store.MakeLayers("less", _base, ": > .wh.var", "mkdir var");
        Assert.Equal(["/var/old", "/var/old/deep", "/var/old/deep/file"], _store.Images.Compare(_base, less).Select(c => c.Path));
    }

    [Fact]
    public void OnlyTheFilesOfLayersThatAreNotSharedAreLookedAt()
    {
        Image left = _store.MakeLayers("left", _base, "mkdir usr; echo 1 > usr/new");
        Image right = _store.MakeLayers("right", _base, "mkdir usr; echo 22 > usr/new");
        // What is done to a shared layer on the host shows that it is not looked at.
        File.WriteAllText(Path.Combine(_base.Layers[0].Path, "etc/same"), "changed behind the store's back");

        Assert.Equal(["/usr/new"], _store.Images.Compare(left, right).Select(static c => c.Path));
    }

    [Fact]
    public void NamesAreBytes()
    {
        Image after = _store.MakeLayers(null, _base, "echo > \"$(printf 'raw-\\377\\nx')\"; echo > größe");

        Assert.Equal(["/größe", "/raw-\\xff\\x0ax"], _store.Images.Compare(_base, after).Select(static c => c.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ALayerIsComparedWithItsParentOrWithNothing()
    {
        Image after = _store.MakeLayers("after", _base, "echo new > new");
        ImageLayer top = after.Layers[1];

        Assert.Equal(["/new"], _store.Engine.Layers.Compare(_store.Engine.Layers.Get(top.Parent!), top).Select(c => c.Path));
        Assert.Equal(
            ["/", "/etc", "/etc/bytes"], _store.Engine.Layers.Compare(null, top).Take(3).Select(static c => c.Path));
    }

    [Fact]
    public void ATreeDeeperThanDescriptorsIsWalked()
    {
        Image after = _store.MakeLayers(null, _base, "mkdir -p \"$(printf 'd/%.0s' {1..1500})\"");

        Assert.Equal(1500, _store.Images.Compare(_base, after).Count());
    }

    [Fact]
    public void ARemovalMeanwhileIsTold()
    {
        Image after = _store.MakeLayers("after", _base, "echo 1 > a; echo 2 > b");
        using IEnumerator<ImageChange> changes = _store.Images.Compare(_base, after).GetEnumerator();
        Assert.True(changes.MoveNext());

        _store.Images.Remove("after");

        EngineException failure = Assert.Throws<EngineException>(() =>
        {
            while (changes.MoveNext())
            {
            }
        });
        Assert.Equal("LayerNotFound", failure.Definition.Id);
    }

    private static string Json(FileState? state) => JsonSerializer.Serialize(state);
}
