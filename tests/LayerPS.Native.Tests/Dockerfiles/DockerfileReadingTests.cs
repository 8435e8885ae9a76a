using LayerPS.Dockerfiles;
using Xunit;

namespace LayerPS.Tests.Dockerfiles;

public sealed class DockerfileReadingTests
{
    private static Dockerfile Read(params string[] lines) => Dockerfile.Read("Dockerfile", string.Join('\n', lines));

    // The one instruction after FROM.
    private static Instruction ReadOne(params string[] lines) => Assert.Single(Read(["FROM base", .. lines]).Instructions.Skip(1));

    private static T ReadOne<T>(params string[] lines) where T : Instruction => Assert.IsType<T>(ReadOne(lines));

    [Fact]
    public void DirectivesStandAboveAll()
    {
        Dockerfile file = Read("#!/usr/bin/env build", "# syntax = docker/dockerfile:1", "#ESCAPE=`", "# check=skip=all", "FROM base");

        Assert.Equal(('`', "docker/dockerfile:1", "skip=all"), (
            file.Directives.Escape, file.Directives.Syntax, file.Directives.Check));
    }

    [Theory]
    [InlineData("# a comment")]
    [InlineData("# unknown=value")]
    [InlineData("")]
    [InlineData("FROM base")]
    public void WhatFollowsAnythingElseIsAComment(string before) =>
        Assert.Equal('\\', Read(before, "# escape=`", "FROM base").Directives.Escape);

    [Fact]
    public void LinesAreJoined()
    {
        RunInstruction run = ReadOne<RunInstruction>("  run a \\", "# comment", "", "   b \\  ", "  # another", "\tc \\\\");

        Assert.Equal(["a    b \tc \\\\"], run.Command.Words);
        Assert.Equal("RUN a    b \tc \\\\", run.Text);
    }

    [Fact]
    public void TheEscapeCharacterCanBeABacktick()
    {
        Dockerfile file = Read("# escape=`", "FROM base", "COPY a`", " b C:\\", "RUN x `", "  y");

        Assert.Equal("C:\\", Assert.IsType<CopyInstruction>(file.Instructions[1]).Destination.Raw);
        Assert.Equal(["x   y"], Assert.IsType<RunInstruction>(file.Instructions[2]).Command.Words);
    }

    [Fact]
    public void LineEndsOfWindowsAndAMarkOfByteOrderDoNotCount()
    {
        Dockerfile file = Dockerfile.Read("Dockerfile", "\ufeffFROM base\r\nRUN a \\\r\n  b\r\n");

        Assert.Equal(["FROM base", "RUN a   b"], file.Instructions.Select(static i => i.Text));
    }

    [Fact]
    public void AContinuationAtTheEndEndsThere() => Assert.Equal(["a"], ReadOne<RunInstruction>("RUN a \\").Command.Words);

    [Fact]
    public void AHereDocumentIsAScript()
    {
        RunInstruction run = ReadOne<RunInstruction>("RUN <<EOF", "#!/bin/sh", "# text", "", "echo $x \\", " EOF", "EOF");

        Assert.True(run.IsScript);
        HereDocument document = Assert.Single(run.HereDocuments);
        Assert.Equal(("EOF", "#!/bin/sh\n# text\n\necho $x \\\n EOF\n", true), (document.Name, document.Content, document.Expand));
    }

    [Fact]
    public void SeveralHereDocumentsFollowEachOther()
    {
        CopyInstruction copy = ReadOne<CopyInstruction>("COPY <<-one <<'two' c /to/", "\ta", "\tone", "\tb", "two");

        Assert.Equal(["a\n", "\tb\n"], copy.HereDocuments.Select(static d => d.Content));
        Assert.Equal([true, false], copy.HereDocuments.Select(static d => d.Expand));
        Assert.Equal("c", Assert.Single(copy.Sources).Raw);
        Assert.Equal("/to/", copy.Destination.Raw);
    }

    [Theory]
    [InlineData("RUN cat <<EOF > /x", "EOF")]
    [InlineData("RUN cat <<EOF|sh", "EOF")]
    [InlineData("RUN cat 3<<\"a b\"", "a b")]
    [InlineData("RUN cat <<\\EOF", "EOF")]
    [InlineData("ONBUILD RUN cat <<EOF", "EOF")]
    public void TheDelimiterIsToldAsAShellTellsIt(string line, string name) =>
        Assert.Equal(name, Assert.Single(ReadOne(line, "text", name).Line.HereDocuments).Name);

    [Theory]
    [InlineData("RUN cat <<<text")]
    [InlineData("RUN echo '<<EOF'")]
    [InlineData("RUN echo $((1<<2))")]
    [InlineData("CMD cat <<EOF")]
    public void WhatOnlyLooksLikeOneIsNone(string line) => Assert.Empty(ReadOne(line).Line.HereDocuments);

    [Fact]
    public void FromHasAPlatformAndAName()
    {
        FromInstruction from = Assert.IsType<FromInstruction>(Read("FROM --platform=$P base:1 as Build-1").Instructions[0]);

        Assert.Equal(("base:1", "build-1", "$P"), (from.Image.Raw, from.StageName, from.Platform!.Raw));
    }

    [Theory]
    [InlineData("RUN [\"a\", \"b c\"]", false, "a|b c")]
    [InlineData("RUN [ \"a\" , \"\\u00e4\" ]", false, "a|ä")]
    [InlineData("RUN ['a', 'b']", true, "['a', 'b']")]
    [InlineData("RUN [ -f x ] && y", true, "[ -f x ] && y")]
    [InlineData("RUN [\"a\", 1]", true, "[\"a\", 1]")]
    [InlineData("RUN   a  \"b  c\"  ", true, "a  \"b  c\"")]
    public void ACommandIsAnArrayOrALine(string line, bool shell, string words)
    {
        CommandForm command = ReadOne<RunInstruction>(line).Command;

        Assert.Equal((shell, words), (command.IsShell, string.Join('|', command.Words)));
    }

    [Fact]
    public void CommandsKnowTheirShell()
    {
        Assert.Equal(["/bin/sh", "-c", "a b"], ReadOne<CmdInstruction>("CMD a b").Command.ToArguments(["/bin/sh", "-c"]));
        Assert.Equal(["a"], ReadOne<EntrypointInstruction>("ENTRYPOINT [\"a\"]").Command.ToArguments(["/bin/sh", "-c"]));
        Assert.Empty(ReadOne<CmdInstruction>("CMD []").Command.Words);
        Assert.Equal(["/bin/bash", "-ec"], ReadOne<ShellInstruction>("SHELL [\"/bin/bash\", \"-ec\"]").Shell);
    }

    [Fact]
    public void RunHasMountsAndANetwork()
    {
        RunInstruction run = ReadOne<RunInstruction>(
            "RUN --mount=type=cache,dst=/c,ro --mount=target=/b,from=x --network=none --mount=type=secret,id=s a --b");

        Assert.Equal(["cache", "bind", "secret"], run.Mounts.Select(static mount => mount.Type));
        Assert.Equal(("/c", "true", null), (run.Mounts[0]["target"]?.Raw, run.Mounts[0]["readonly"]?.Raw, run.Mounts[0]["id"]?.Raw));
        Assert.Equal(("none", "a --b"), (run.Network!.Raw, run.Command.Words[0]));
    }

    [Fact]
    public void PairsAreToldApart()
    {
        static IEnumerable<string> Show(IReadOnlyList<NameValue> pairs) =>
            pairs.Select(static pair => $"{pair.Name.Raw}|{pair.Value.Raw}");

        Assert.Equal(["a|b", "c|\"d e\"", "f|g\\ h", "i|"], Show(ReadOne<EnvInstruction>("ENV a=b c=\"d e\" f=g\\ h i=").Pairs));
        Assert.Equal(["a|b  c=d"], Show(ReadOne<EnvInstruction>("ENV a   b  c=d ").Pairs));
        Assert.Equal(["\"x.y\"|z=1"], Show(ReadOne<LabelInstruction>("LABEL \"x.y\"=z=1").Pairs));
        Assert.Equal(["a|", "b|'x y'"], ReadOne<ArgInstruction>("ARG a b='x y'").Names.Select(
            static n => $"{n.Name.Raw}|{n.Default?.Raw}"));
    }

    [Fact]
    public void CopyHasFlagsSourcesAndADestination()
    {
        CopyInstruction copy = ReadOne<CopyInstruction>(
            "COPY --from=build --chown=1:2 --chmod=0755 --link --parents --exclude=*.o --exclude=x a \"b c\" /d/");

        Assert.Equal(("build", "1:2", "0755", true, true, false), (
            copy.From!.Raw, copy.Owner!.Raw, copy.Mode!.Raw, copy.Link, copy.Parents, copy.IsAdd));
        Assert.Equal(["*.o", "x"], copy.Excludes.Select(static word => word.Raw));
        Assert.Equal(["a", "\"b c\""], copy.Sources.Select(static word => word.Raw));
        Assert.Equal("/d/", copy.Destination.Raw);
    }

    [Fact]
    public void AddHasFlagsOfItsOwn()
    {
        CopyInstruction add = ReadOne<CopyInstruction>("ADD --checksum=sha256:1 --unpack=false http://x/y /z");

        Assert.Equal((true, "sha256:1", false), (add.IsAdd, add.Checksum!.Raw, add.Unpack));
    }

    [Fact]
    public void AnArrayOfPathsMayHaveBlanksAndQuotes()
    {
        CopyInstruction copy = ReadOne<CopyInstruction>("COPY [\"a b\", \"c\\\"d\", \"/e f/\"]");
        WordExpansion expansion = new(static _ => null);

        Assert.Equal(["a b", "c\"d"], copy.Sources.Select(expansion.Expand));
        Assert.Equal("/e f/", expansion.Expand(copy.Destination));
        Assert.Equal(["/a b"], ReadOne<VolumeInstruction>("VOLUME [\"/a b\"]").Paths.Select(expansion.Expand));
    }

    [Fact]
    public void SomeTakeAllThatFollows()
    {
        Assert.Equal("/a b", ReadOne<WorkdirInstruction>("WORKDIR  /a b ").Value.Raw);
        Assert.Equal("me:us", ReadOne<UserInstruction>("USER me:us").Value.Raw);
        Assert.Equal("Me <me@x>", ReadOne<MaintainerInstruction>("MAINTAINER Me <me@x>").Value.Raw);
        Assert.Equal("SIGINT", ReadOne<StopSignalInstruction>("STOPSIGNAL SIGINT").Signal.Raw);
        Assert.Equal(["80", "81/udp"], ReadOne<ExposeInstruction>("EXPOSE 80 81/udp").Ports.Select(static p => p.Raw));
    }

    [Fact]
    public void AHealthcheckHasTimes()
    {
        HealthcheckInstruction check = ReadOne<HealthcheckInstruction>(
            "HEALTHCHECK --interval=1m30s --timeout=500ms --retries=3 --start-period=0 CMD [\"a\", \"b\"]");

        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(0.5), 3, TimeSpan.Zero, (TimeSpan?)null), (
            check.Interval, check.Timeout, check.Retries, check.StartPeriod, check.StartInterval));
        Assert.Equal(["a", "b"], check.Command!.Words);
        Assert.Equal("a --b", ReadOne<HealthcheckInstruction>("HEALTHCHECK CMD a --b").Command!.Words[0]);
        Assert.Null(ReadOne<HealthcheckInstruction>("HEALTHCHECK none").Command);
    }

    [Fact]
    public void OnbuildKeepsTheInstructionAsText()
    {
        Assert.Equal("RUN a  b", ReadOne<OnbuildInstruction>("ONBUILD run a  b").Trigger);
        Assert.Equal("RUN <<EOF\nx\nEOF", ReadOne<OnbuildInstruction>("ONBUILD RUN <<EOF", "x", "EOF").Trigger);
    }
}
