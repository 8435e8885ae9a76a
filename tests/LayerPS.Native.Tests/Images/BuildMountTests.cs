using System.Text;
using LayerPS.Storage;
using LayerPS.Tests.Containers;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class BuildMountTests : IDisposable
{
    private readonly ContainerStore _store = new();
    private readonly string _context = Directory.CreateTempSubdirectory("layerps context ä ").FullName;
    private readonly List<string> _output = [];
    private readonly List<string> _details = [];

    public void Dispose()
    {
        Assert.Empty(_store.Containers.List());
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
        _store.Dispose();
        Directory.Delete(_context, recursive: true);
    }

    private Image Build(string dockerfile, params BuildSecret[] secrets)
    {
        Write("Dockerfile", dockerfile);
        _output.Clear();
        _details.Clear();
        return _store.Engine.Images.Build(new BuildOptions
        {
            ContextPath = _context, Names = ["built"], Network = ContainerNetwork.None, Secrets = secrets,
            Output = entry => _output.Add(entry.Text), Detail = _details.Add,
        });
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_context, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static IEnumerable<string> SecretFolders =>
        new[] { "/run/layerps-secrets", "/dev/shm/layerps-secrets" }.Where(Directory.Exists);

    private int Missed => _details.Count(static detail => detail.StartsWith("Not from the cache", StringComparison.Ordinal));

    private static string[] FilesOf(ImageLayer layer) =>
    [
        .. Directory.EnumerateFileSystemEntries(layer.Path, "*", SearchOption.AllDirectories)
            .Select(path => path[(layer.Path.Length + 1)..]).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void FilesAreSeenByTheStepAndLeaveNoTrace()
    {
        Write("src/a", "content");
        Write("src/b.log", "ignored");
        Write(".dockerignore", "**/*.log\n");
        const string Text = """
            FROM base AS other
            RUN mkdir /made; echo made > /made/file
            FROM base
            WORKDIR /work
            RUN --mount=type=bind,target=src,source=src --mount=type=bind,from=other,source=/made,target=/made,rw \
                --mount=target=/deep/one.txt,source=src/a --mount=from=base,target=/base \
                ls src /base/bin/sh; cat src/a /made/file /deep/one.txt > /out; echo x > /made/new; \
                touch src/new || echo read-only
            """;
        Image image = Build(Text);

        Assert.Contains("read-only", _output);
        Assert.DoesNotContain("b.log", _output);
        Assert.Contains("/base/bin/sh", _output);
        Assert.Equal(["out"], FilesOf(image.Layers[^1]));
        Assert.Equal("contentmade\ncontent", File.ReadAllText(Path.Combine(image.Layers[^1].Path, "out")));
        Assert.False(Path.Exists(Path.Combine(_context, "src", "new")));

        Build(Text);
        Assert.Equal(0, Missed);
        Write("src/a", "another");
        Build(Text);
        Assert.Equal(1, Missed);
    }

    [Fact]
    public void ALinkThatLeadsOutOfTheContextIsRefused()
    {
        File.CreateSymbolicLink(Path.Combine(_context, "out"), "/etc");
        EngineException failure = Assert.Throws<EngineException>(
            () => Build("FROM base\nRUN --mount=type=bind,source=out,target=/x cat /x/passwd"));
        Assert.Equal("BuildSourceRefused", failure.Definition.Id);
    }

    [Fact]
    public void ACacheStaysFromOneStepToTheNext()
    {
        const string Mount = "--mount=type=cache,target=/var/cache/x,id=x";
        Image image = Build($"""
            FROM base
            RUN {Mount},mode=0750,uid=3,gid=4 stat -c '%a %u %g' /var/cache/x; echo one > /var/cache/x/one
            RUN {Mount} cat /var/cache/x/one; touch /var/cache/x/two
            RUN {Mount},readonly touch /var/cache/x/three || ls /var/cache/x
            RUN --mount=type=cache,target=/var/cache/y,from=base,source=/bin ls /var/cache/y/sh
            """);

        Assert.Equal(
            ["750 3 4", "one", "one", "two", "/var/cache/y/sh"],
            _output.Where(static line => !line.Contains(": ", StringComparison.Ordinal)));
        Assert.All(image.Layers.Skip(1), static layer => Assert.Empty(FilesOf(layer)));

        ContainerStorage storage = _store.Engine.Storage;
        ContainerStorageUsage total = storage.Measure().Single(static u => u.Kind == ContainerStorageKind.BuildCache);
        Assert.Equal((2, 0), (total.Total, total.Active));
        Assert.Equal(total.Size, total.Reclaimable);
        ContainerStorageUsage one = storage.MeasureEach().Single(static u => u.Name == "x");
        Assert.Equal("one\n".Length, one.Size);
        Assert.DoesNotContain(storage.Optimize(), static item => item.Kind == ContainerStorageKind.BuildCache);
        IReadOnlyList<ContainerStorageItem> gone = storage.Optimize(all: true);
        Assert.Equal(
            ["/var/cache/y", "x"],
            gone.Where(static i => i.Kind == ContainerStorageKind.BuildCache && !ContentDigest.IsHex(i.Id)).Select(static i => i.Id));
        // Every step's image is gone, and so is what the cache knew of it.
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.BuildCache));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.CacheMounts));
    }

    [Fact]
    public void ACacheThatIsHeldIsWaitedForOrSharedOrAnotherOne()
    {
        CacheMountStore store = new(_store.Layout);
        void Fill(string path) => Directory.CreateDirectory(path);
        using (CacheMountLease first = store.Take("x", CacheMountSharing.Private, Fill, default))
        using (CacheMountLease second = store.Take("x", CacheMountSharing.Private, Fill, default))
        {
            Assert.NotEqual(first.Files, second.Files);
            using CancellationTokenSource stop = new(50);
            Assert.Throws<OperationCanceledException>(() => store.Take("x", CacheMountSharing.Locked, Fill, stop.Token));
            Assert.All(store.All(), cache => Assert.True(store.IsInUse(cache)));
            Assert.DoesNotContain(
                _store.Engine.Storage.Optimize(all: true), static item => item.Kind == ContainerStorageKind.BuildCache);
        }

        using CacheMountLease third = store.Take("x", CacheMountSharing.Shared, Fill, default);
        using CacheMountLease fourth = store.Take("x", CacheMountSharing.Shared, Fill, default);
        Assert.Equal(third.Files, fourth.Files);
        Assert.Equal(2, store.All().Count);
    }

    [Fact]
    public void AFileSystemInMemoryIsGoneAfterTheStep()
    {
        Image image = Build("""
            FROM base
            RUN --mount=type=tmpfs,target=/tmp/x,size=1m echo 'echo ran' > /tmp/x/s; sh /tmp/x/s; dd if=/dev/zero of=/tmp/x/big bs=1M count=2 2>/dev/null || echo full
            """);

        Assert.Equal(["ran", "full"], _output);
        Assert.Empty(FilesOf(image.Layers[^1]));
    }

    [Fact]
    public void ASecretIsSeenByItsStepAndWrittenDownNowhere()
    {
        byte[] content = Encoding.UTF8.GetBytes("it's $HOME \"quoted\" 4711secret\nsecond line 4711secret\n");
        const string Text = """
            FROM base
            RUN --mount=type=secret,id=token stat -c '%a %u %g' /run/secrets/token; \
                [ "$(cat /run/secrets/token)" = "$(cat /dev/stdin)" ] || true; ls /run
            RUN --mount=type=secret,id=token,target=/etc/t/key,mode=0440,uid=5,gid=6 stat -c '%a %u %g' /etc/t/key
            USER 7
            RUN --mount=type=secret,id=token,env=TOKEN [ ! -e /run/secrets/token ]; echo "${#TOKEN}"
            RUN --mount=type=secret,id=token,env=TOKEN ["/bin/sh", "-c", "echo ${#TOKEN}"]
            RUN --mount=type=secret,id=other [ ! -e /run/secrets ] && echo none
            """;
        Image image = Build(Text, BuildSecret.Of("token", content));

        Assert.Equal(["400 0 0", "secrets", "440 5 6", $"{content.Length}", $"{content.Length}", "none"], _output);
        Assert.All(image.Layers.Skip(1), static layer => Assert.Empty(FilesOf(layer)));
        string found = LayerPS.Tests.Archives.Shell.Run(
            "sh", ["-c", "grep -rl 4711secret \"$@\" || echo nothing", "sh", _store.Layout.Root, .. SecretFolders]);
        Assert.Equal("nothing", found.Trim());

        Build(Text, BuildSecret.Of("token", [1]));
        Assert.Equal(0, Missed);
    }

    [Fact]
    public void ASecretThatCannotBeReadIsNamed()
    {
        EngineException failure = Assert.Throws<EngineException>(() => Build(
            "FROM base\nRUN --mount=type=secret,id=s true", BuildSecret.OfFile("s", Path.Combine(_context, "no-such"))));
        Assert.Equal("BuildSourceNotFound", failure.Definition.Id);
        Assert.StartsWith("The secret 's' cannot be read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAStepWritesIntoAVolumeOfTheImageStays()
    {
        Image image = Build("FROM base\nRUN mkdir /data\nVOLUME /data\nRUN echo kept > /data/file");

        Assert.Equal("kept\n", File.ReadAllText(Path.Combine(image.Layers[^1].Path, "data", "file")));
        Assert.Empty(_store.Engine.Volumes.List());
    }
}
