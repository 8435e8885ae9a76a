using LayerPS.Tests.Containers;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class BuildTests : IDisposable
{
    private readonly ContainerStore _store = new();
    private readonly string _context = Directory.CreateTempSubdirectory("layerps context ä ").FullName;
    private readonly List<string> _details = [];
    private readonly List<string> _output = [];

    public void Dispose()
    {
        Assert.Empty(_store.Containers.List());
        _store.Dispose();
        Directory.Delete(_context, recursive: true);
    }

    private Image Build(string dockerfile, Func<BuildOptions, BuildOptions>? change = null)
    {
        Write("Dockerfile", dockerfile);
        _details.Clear();
        _output.Clear();
        BuildOptions options = new()
        {
            ContextPath = _context, Names = ["built"], Network = ContainerNetwork.None, Detail = _details.Add,
            Output = entry => _output.Add(entry.Text),
        };
        return _store.Engine.Images.Build(change is null ? options : change(options));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_context, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private EngineException Refused(string dockerfile, string id, Func<BuildOptions, BuildOptions>? change = null)
    {
        EngineException failure = Assert.Throws<EngineException>(() => Build(dockerfile, change));
        Assert.Equal(id, failure.Definition.Id);
        return failure;
    }

    private static string TextOf(Image image, string path) => File.ReadAllText(PathOf(image, path));

    private static string PathOf(Image image, string path) =>
        image.Layers.Reverse().Select(layer => Path.Combine(layer.Path, path)).First(File.Exists);

    private static bool Has(Image image, string path) =>
        image.Layers.Any(layer => Path.Exists(Path.Combine(layer.Path, path)));

    private int Found => _details.Count(static detail => detail.StartsWith("From the cache", StringComparison.Ordinal));

    private int Missed => _details.Count(static detail => detail.StartsWith("Not from the cache", StringComparison.Ordinal));

    [Fact]
    public void StepsBecomeLayersAndConfiguration()
    {
        Write("a.txt", "content");
        Image image = Build("""
            ARG BASE=base
            FROM $BASE
            ARG who=world
            ENV GREETING="hello $who" TWO=2
            WORKDIR /srv/app
            COPY a.txt copied
            RUN echo $GREETING > greeting; echo $who > who; echo seen; echo careful >&2
            LABEL a=b "c d"='e f'
            EXPOSE 80 90-91/udp
            VOLUME /data
            USER 1:2
            STOPSIGNAL SIGINT
            HEALTHCHECK --interval=5s CMD ls
            ENTRYPOINT ["/bin/sh", "-c"]
            CMD ["ls"]
            """);

        Assert.Equal("content", TextOf(image, "srv/app/copied"));
        Assert.Equal("hello world\n", TextOf(image, "srv/app/greeting"));
        Assert.Equal("world\n", TextOf(image, "srv/app/who"));
        Assert.Equal(["seen", "careful"], _output.OrderDescending());
        ImageConfig config = image.Config;
        Assert.Contains("GREETING=hello world", config.Env);
        Assert.DoesNotContain(config.Env, static entry => entry.StartsWith("who=", StringComparison.Ordinal));
        Assert.Equal(("/srv/app", "1:2", "SIGINT"), (config.WorkingDir, config.User, config.StopSignal));
        Assert.Equal(["80/tcp", "90/udp", "91/udp"], config.ExposedPorts);
        Assert.Equal(["/data"], config.Volumes);
        Assert.Equal(("b", "e f"), (config.Labels["a"], config.Labels["c d"]));
        Assert.Equal((TimeSpan.FromSeconds(5), "CMD-SHELL|ls"), (
            config.Healthcheck!.Interval, string.Join('|', config.Healthcheck.Test)));
        Assert.Equal(("/bin/sh|-c", "ls"), (string.Join('|', config.Entrypoint), string.Join('|', config.Cmd)));
        Assert.Equal(4, image.Layers.Count);

        List<ImageHistoryEntry> history = [.. _store.Engine.Images.History(image)];
        Assert.Equal("CMD [\"ls\"]", history[0].CreatedBy);
        Assert.Equal([true, false], [history[0].EmptyLayer, history.Single(h => h.CreatedBy == "COPY a.txt copied").EmptyLayer]);
        Assert.Equal("content".Length, history.Single(static h => h.CreatedBy == "COPY a.txt copied").Size);
        Assert.DoesNotContain(_store.Engine.Images.List(), static other => other.Name is null);
        Assert.Contains(_store.Engine.Images.List(all: true), static other => other.Intermediate);
    }

    [Fact]
    public void AStepIsDoneAgainOnlyWhereItsParentItsTextOrItsContentIsAnother()
    {
        string file = Write("a", "1");
        const string Text = "FROM base\nCOPY a /a\nRUN echo x > /x\nENV A=b\nRUN echo y > /y\n";
        Image first = Build(Text);
        Assert.Equal((0, 3), (Found, Missed));

        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        Assert.Equal(first.Id, Build(Text).Id);
        Assert.Equal((3, 0), (Found, Missed));

        Build(Text.Replace("A=b", "A=c", StringComparison.Ordinal));
        Assert.Equal((2, 1), (Found, Missed));

        Write("a", "2");
        Assert.NotEqual(first.Id, Build(Text).Id);
        Assert.Equal((0, 3), (Found, Missed));

        Write("a", "1");
        Assert.Equal(first.Id, Build(Text).Id);
        Build(Text, static options => options with { NoCache = true });
        Assert.Equal((0, 3), (Found, Missed));
    }

    [Fact]
    public void AnArgumentIsPartOfTheKeyOfRun()
    {
        const string Text = "FROM base\nARG v=1\nRUN echo $v > /v\n";
        Build(Text);
        Image two = Build(Text, static options => options with { Arguments = new Dictionary<string, string> { ["v"] = "2" } });

        Assert.Equal((0, 1, "2\n"), (Found, Missed, TextOf(two, "v")));
        Assert.Equal("1\n", TextOf(Build(Text), "v"));
        Assert.Equal(1, Found);
    }

    [Fact]
    public void AnImageThatWasRemovedIsNoCache()
    {
        const string Text = "FROM base\nRUN echo x > /x\n";
        _store.Engine.Images.Remove(Build(Text));
        Build(Text);

        Assert.Equal((0, 1), (Found, Missed));
    }

    [Fact]
    public void OnlyTheStagesThatAreNeededAreBuilt()
    {
        Write("a", "a");
        const string Text = """
            FROM base AS one
            RUN echo one > /one
            FROM base AS broken
            RUN exit 1
            FROM scratch AS two
            COPY --from=one /one /two
            FROM one AS three
            COPY --from=two two /three
            COPY --from=base /bin/sh /copied
            """;
        Image image = Build(Text);

        Assert.Equal("one\n", TextOf(image, "three"));
        Assert.Equal("one\n", TextOf(image, "one"));
        Assert.True(Has(image, "copied"));
        Image two = Build(Text, static options => options with { Target = "two" });
        Assert.Equal("one\n", TextOf(Assert.Single([two]), "two"));
        Assert.Single(two.Layers);
        Assert.Contains("'broken'", Refused(Text, "BuildTargetNotFound", static o => o with { Target = "brokne" }).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void CopyKnowsDirectoriesWildcardsAndExceptions()
    {
        Write("dir/a.c", "a");
        Write("dir/b.o", "b");
        Write("dir/sub/c.c", "c");
        Write("secret", "s");
        Write(".dockerignore", "secret\nDockerfile\n**/*.log\n");
        Write("x.log", "log");
        Image image = Build("""
            FROM base
            COPY dir /whole
            COPY dir/*.c dir/sub/ /some/
            COPY --exclude=*.o dir /without/
            COPY --parents dir/sub/c.c /p/
            COPY --chown=5:6 --chmod=0640 dir/a.c /owned
            COPY . /all
            COPY <<one <<'two' /texts/
            $A and \$A
            one
            $A
            two
            """);

        Assert.True(Has(image, "whole/a.c") && Has(image, "whole/sub/c.c") && Has(image, "some/a.c") && Has(image, "some/c.c"));
        Assert.True(Has(image, "without/a.c") && Has(image, "p/dir/sub/c.c") && Has(image, "all/dir/a.c"));
        Assert.False(Has(image, "without/b.o") || Has(image, "all/secret") || Has(image, "all/Dockerfile") || Has(image, "all/x.log"));
        Assert.Equal("640 5 6", LayerPS.Tests.Archives.Shell.Run("stat", "-c", "%a %u %g", PathOf(image, "owned")).Trim());
        Assert.Equal((" and $A\n", "$A\n"), (TextOf(image, "texts/one"), TextOf(image, "texts/two")));
        Assert.Contains(".dockerignore", Refused("FROM base\nCOPY secret /", "BuildSourceNotFound").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddUnpacksArchives()
    {
        Write("tree/in", "inner");
        LayerPS.Tests.Archives.Shell.Run("tar", "-C", Path.Combine(_context, "tree"), "-czf", Path.Combine(_context, "t.tgz"), "in");
        Image image = Build("FROM base\nADD t.tgz /out/\nADD tree/in /plain\nADD --unpack=false t.tgz /kept.tgz");

        Assert.Equal(("inner", "inner"), (TextOf(image, "out/in"), TextOf(image, "plain")));
        Assert.True(Has(image, "kept.tgz"));
    }

    [Fact]
    public void NothingLeavesTheContextOrTheImage()
    {
        string outside = Directory.CreateTempSubdirectory("layerps-outside-").FullName;
        File.WriteAllText(Path.Combine(outside, "secret"), "s");
        File.CreateSymbolicLink(Path.Combine(_context, "out"), outside);
        File.CreateSymbolicLink(Path.Combine(_context, "file"), Path.Combine(outside, "secret"));
        Write("a", "a");
        try
        {
            Refused("FROM base\nCOPY out/secret /", "BuildSourceRefused");
            Refused("FROM base\nCOPY file /", "BuildSourceRefused");
            Refused("FROM base\nCOPY ../../../etc/passwd /", "BuildSourceNotFound");
            Image image = Build($"FROM base\nRUN [\"/bin/sh\", \"-c\", \"mkdir /d; ln -s {outside} /link || true\"]\nCOPY a /d/../../../d/a");
            Assert.Equal("a", TextOf(image, "d/a"));
            Write("tree/x", "x");
            File.CreateSymbolicLink(Path.Combine(_context, "tree", "inner"), outside);
            Image linked = Build($"FROM base\nCOPY tree /t/\nCOPY a {outside}/here\nCOPY a /t/inner/a");
            Assert.False(File.Exists(Path.Combine(outside, "a")));
            Assert.Equal("a", TextOf(linked, outside[1..] + "/a"));
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public void ALinkedCopyDoesNotSeeTheImage()
    {
        Write("a", "a");
        Image image = Build("""
            FROM base
            RUN mkdir -p /real /etc; ln -s /real /link; echo 'me:x:7:8::/:/bin/sh' > /etc/passwd
            COPY a /link/plain
            COPY --link --chown=me a /link/apart
            """);

        Assert.True(Path.Exists(Path.Combine(image.Layers[^2].Path, "real", "plain")));
        string apart = Path.Combine(image.Layers[^1].Path, "link", "apart");
        Assert.Equal("7 8", LayerPS.Tests.Archives.Shell.Run("stat", "-c", "%u %g", apart).Trim());
    }

    [Fact]
    public void StagesThatDoNotNeedEachOtherAreBuiltSideBySide()
    {
        // Each waits for the other, so one after the other they would both fail.
        static string Meet(string own, string other) =>
            $"RUN --mount=type=cache,target=/c touch /c/{own}; n=0; until [ -e /c/{other} ]; do n=$((n+1)); [ $n -lt 1500 ]; sleep 0.02; done; echo {own} > /{own}";
        string text = $"""
            FROM base AS one
            SHELL ["/bin/sh", "-ec"]
            {Meet("one", "two")}
            FROM base AS two
            SHELL ["/bin/sh", "-ec"]
            {Meet("two", "one")}
            FROM scratch
            COPY --from=one /one /
            COPY --from=two /two /
            """;
        Image image = Build(text);

        Assert.Equal(("one\n", "two\n"), (TextOf(image, "one"), TextOf(image, "two")));
    }

    [Fact]
    public void AStageThatFailsEndsTheOthers()
    {
        EngineException failure = Refused(
            """
            FROM base AS one
            RUN --mount=type=cache,target=/c touch /c/begun; sleep 1000
            FROM base AS two
            RUN --mount=type=cache,target=/c until [ -e /c/begun ]; do sleep 0.02; done; exit 3
            FROM scratch
            COPY --from=one / /
            COPY --from=two / /
            """, "BuildStepFailed");

        Assert.Contains("exit code 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SquashingMakesOneLayerOfAllThatTheBuildAdds()
    {
        const string Text = """
            FROM base
            RUN mkdir -p /d/sub /e; echo 1 > /d/1; echo 2 > /d/sub/2; echo x > /e/x; echo h > /hard; ln /hard /d/hard; ln -s d /soft
            RUN rm -r /d/sub /e /bin/kill; mkdir /e; echo 3 > /d/1; echo two > /two; chmod 4711 /two
            LABEL a=b
            RUN touch -d @1000000000 /d
            """;
        BuildOptions Squash(BuildOptions options) => options with { Squash = true };
        Image plain = Build(Text), image = Build(Text, Squash);

        Assert.Equal((3, 1), (plain.Layers.Count - 1, image.Layers.Count - 1));
        Assert.Equal(plain.Layers[0].Id, image.Layers[0].Id);
        Assert.Empty(_store.Engine.Images.Compare(plain, image));
        string top = image.Layers[^1].Path;
        Assert.Equal("2", LayerPS.Tests.Archives.Shell.Run("stat", "-c", "%h", Path.Combine(top, "hard")).Trim());
        Assert.False(Path.Exists(Path.Combine(top, "d", "sub")));
        Assert.Equal("b", image.Config.Labels["a"]);
        List<ImageHistoryEntry> history = [.. _store.Engine.Images.History(image)];
        Assert.Equal(_store.Engine.Images.History(plain).Count() + 1, history.Count);
        Assert.Equal(2, history.Count(static entry => !entry.EmptyLayer));
        Assert.Equal(image.Id, Build(Text, Squash).Id);
    }

    [Fact]
    public void AFailingStepTellsItsLastLinesAndLeavesTheOnesBeforeInTheCache()
    {
        const string Text = "FROM base\nRUN echo x > /x\nRUN seq 30 && exit 7";
        EngineException failure = Refused(Text, "BuildStepFailed");

        Assert.StartsWith("Dockerfile:3:1: the step 'RUN seq 30 && exit 7' ended with exit code 7.", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\n  29\n  30", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("  20\n", failure.Message, StringComparison.Ordinal);
        Refused(Text, "BuildStepFailed", static options => options with { KeepFailed = true });
        Assert.Equal((1, 1), (Found, Missed));
        Container kept = Assert.Single(_store.Containers.List());
        Assert.Equal(7, kept.ExitCode);
        _store.Containers.Remove(kept);
    }

    [Fact]
    public void ATimeGivesTheSameImageTwice()
    {
        Write("a", "a");
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000);
        BuildOptions Change(BuildOptions options) => options with { Timestamp = time, NoCache = true };
        const string Text = "FROM base\nWORKDIR /w\nCOPY a .\nRUN echo x > /x";

        Image first = Build(Text, Change);
        Assert.Equal(time, first.Created);
        Assert.Equal(first.Id, Build(Text, Change).Id);
    }

    [Fact]
    public void ScriptsOfHereDocumentsRun()
    {
        Image image = Build("""
            FROM base
            RUN <<EOF
            echo one > /one
            echo two > /two
            EOF
            RUN cat > /three <<'EOF'
            $x
            EOF
            """);

        Assert.Equal(("one\n", "two\n", "$x\n"), (TextOf(image, "one"), TextOf(image, "two"), TextOf(image, "three")));
    }

    [Fact]
    public void TriggersAreDoneByWhoBeginsWithTheImage()
    {
        Build("FROM base\nONBUILD RUN echo triggered > /trigger", static options => options with { Names = ["parent"] });
        Image image = Build("FROM parent\nRUN cat /trigger > /seen");

        Assert.Equal("triggered\n", TextOf(image, "seen"));
        Assert.Empty(image.Config.OnBuild);
    }

    [Theory]
    [InlineData("FROM base\nRUN --mount=type=secret,id=s,required true", "DockerfileInvalid", "the secret 's' is required")]
    [InlineData("FROM base\nRUN --mount=type=secret,required true", "DockerfileInvalid", "wants id=")]
    [InlineData("FROM base\nRUN --mount=type=secret,id=s,mode=rw true", "DockerfileInvalid", "2:35: 'mode' is octal digits")]
    [InlineData("FROM base\nRUN --mount=type=secret,id=s,uid=me true", "DockerfileInvalid", "'uid' is a number")]
    [InlineData("FROM base\nRUN --mount=type=secret,id=s,env=a-b true", "DockerfileInvalid", "'a-b' is no name")]
    [InlineData("FROM base\nRUN --mount=type=bind,target=/b,source=no-such true", "BuildSourceNotFound", "'no-such'")]
    [InlineData("FROM base\nRUN --mount=type=bind,target=/b,ro=perhaps true", "DockerfileInvalid", "true or false")]
    [InlineData("FROM base\nRUN --mount=type=bind,target=/b,from=no-such true", "ImageNotFound", "'no-such'")]
    [InlineData("FROM base\nRUN --mount=type=cache,target=/c,sharing=often true", "DockerfileInvalid", "shared, private or locked")]
    [InlineData("FROM base\nRUN --mount=type=cache,target=/c,source=/x true", "DockerfileInvalid", "what 'from' names")]
    [InlineData("FROM base\nCOPY no-such /", "BuildSourceNotFound", "'no-such'")]
    [InlineData("FROM base\nCOPY --chmod=u+x Dockerfile /", "DockerfileInvalid", "2:14: --chmod wants octal digits")]
    [InlineData("FROM base\nCOPY --chown=nobody-here Dockerfile /", "DockerfileInvalid", "no user 'nobody-here'")]
    [InlineData("FROM base\nEXPOSE 70000", "DockerfileInvalid", "2:8: '70000' is no port")]
    [InlineData("FROM base\nSTOPSIGNAL SIGTREM", "DockerfileInvalid", "Did you mean SIGTERM?")]
    [InlineData("FROM base\nRUN --network=bridge true", "DockerfileInvalid", "'bridge' is no network")]
    [InlineData("FROM bse", "ImageNotFound", "Did you mean 'base:latest'?")]
    [InlineData("FROM --platform=linux/riscv64 base", "ImagePlatformNotFound", "riscv64")]
    [InlineData("FROM scratch\nRUN true", "DockerfileInvalid", "needs a program")]
    [InlineData("FROM scratch\nENV a=b", "DockerfileInvalid", "image without layers")]
    [InlineData("FROM base\nADD git@x:y.git /", "DockerfileInvalid", "no Git repositories")]
    [InlineData("FROM $nothing", "DockerfileInvalid", "1:6: '$nothing' is empty")]
    public void WhatCannotBeDoneIsNamed(string dockerfile, string id, string fault) =>
        Assert.Contains(fault, Refused(dockerfile, id).Message, StringComparison.Ordinal);
}
