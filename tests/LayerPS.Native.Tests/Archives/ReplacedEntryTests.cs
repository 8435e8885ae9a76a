using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Later entries win over earlier ones, and the tar is nevertheless written again with both.</summary>
public sealed class ReplacedEntryTests
{
    [Fact]
    public void TheLastOfSeveralFilesStays()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("a", content: "first").Add("b", content: "other").Add("a", content: "second")
            .Add("./a", content: new string('z', 3_000_000)).End();
        UnpackedLayer layer = Unpacked.FromBytes(work, tar);
        Assert.Equal(3_000_000, new FileInfo(work["target/a"]).Length);
        Assert.Equal(tar, Unpacked.Rebuild(work));
        Assert.Equal(4, layer.Entries);
        Assert.Equal(["a", "b"], Directory.GetFiles(work["target"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void AFileReplacesADirectoryWithAllInIt()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("d/e/", '5').Add("d/e/one", content: "one").Add("d/two", content: "two")
            .Add("d", content: "file").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("file", File.ReadAllText(work["target/d"]));
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void ADirectoryReplacesAFileAndKeepsItsContentWhenNamedAgain()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("d", content: "file").Add("d/", '5', mode: 448).Add("d/x", content: "x")
            .Add("d/", '5', mode: 493).End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("x", File.ReadAllText(work["target/d/x"]));
        Assert.Equal("755", Shell.Run("stat", "-c", "%a", work["target/d"]).Trim());
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void AHardLinkKeepsTheReplacedFile()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("a", content: "old").Add("b", '1', link: "a").Add("a", content: "new")
            .Add("b", '1', link: "b").Add("a", '1', link: "b").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("old", File.ReadAllText(work["target/a"]));
        Assert.Equal("old", File.ReadAllText(work["target/b"]));
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void ASparseFileCanBeReplaced()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Pax("GNU.sparse.size=1000000", "GNU.sparse.map=100,3,5000,2")
            .Add("s", content: "abcde").Add("s", content: "plain").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("plain", File.ReadAllText(work["target/s"]));
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Theory]
    [InlineData("content of the link")]
    [InlineData("")]
    public void AHardLinkMayBringItsContent(string content)
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("a", content: "content of the link").Add("b", '1', content, "a", size: 19)
            .Add("c", content: "after").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("content of the link", File.ReadAllText(work["target/b"]));
        Assert.Equal("after", File.ReadAllText(work["target/c"]));
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void EntriesNeedNoDirectoriesBefore()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("a/b/c/file", content: "x").Add("a/b/", '5', mode: 448).End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("755 700 755", Shell.Script(work["target"], "echo $(stat -c %a a a/b a/b/c)").Trim());
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void MissingDirectoriesTakeNothingFromTheirParent()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Pax("gid=5").Add("d/", '5', mode: 1517).Add("d/x/file").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("2755 5 755 0", Shell.Script(work["target"], "echo $(stat -c '%a %g' d d/x)").Trim());
    }

    [Fact]
    public void GlobalHeadersHoldForWhatFollows()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Global("uid=77", "mtime=5.25").Add("a").Pax("uid=88").Add("b")
            .Global("uid=").Add("c").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("77 88 0", Shell.Script(work["target"], "echo $(stat -c %u a b c)").Trim());
        Assert.Equal("5.2500000000", Shell.Script(work["target"], "find a -printf %T@").Trim());
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }
}
