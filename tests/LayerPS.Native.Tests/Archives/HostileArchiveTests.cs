using LayerPS.Archives;
using LayerPS.Linux;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>
/// Archives that want to reach outside, to steer the mount, to fill the disk, or that are just broken.
/// </summary>
public sealed class HostileArchiveTests
{
    [Theory]
    [InlineData("../escaped")]
    [InlineData("a/../../escaped")]
    [InlineData("/../escaped")]
    [InlineData("a/..")]
    public void RefusesNamesThatClimb(string name)
    {
        using TemporaryDirectory work = new();
        EngineException error = Unpacked.Error(work, new TarBuilder().Add(name, content: "x").End());
        AssertRefused(error, name);
        Assert.False(File.Exists(work["escaped"]));
    }

    [Fact]
    public void TakesAbsoluteNamesAsRelativeToTheLayer()
    {
        using TemporaryDirectory work = new();
        Unpacked.FromBytes(work, new TarBuilder().Add("//etc/./x", content: "x").End());
        Assert.Equal("x", File.ReadAllText(work["target/etc/x"]));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("{outside}")]
    public void NeverWritesThroughALinkThatLeadsOut(string target)
    {
        using TemporaryDirectory work = new();
        work.Make("outside");
        target = target.Replace("{outside}", work["outside"], StringComparison.Ordinal);
        byte[] tar = new TarBuilder().Add("link", '2', link: target).Add("link/file", content: "x").End();
        AssertRefused(Unpacked.Error(work, tar), "link/file");
        Assert.Empty(Directory.GetFileSystemEntries(work["outside"]));
    }

    [Fact]
    public void FollowsLinksInsideTheLayerAsInAChroot()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("usr/lib/", '5').Add("lib", '2', link: "/../../usr/lib")
            .Add("lib/file", content: "abc").Add("copy", '1', link: "lib/file").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("abc", File.ReadAllText(work["target/usr/lib/file"]));
        Assert.Equal("abc", File.ReadAllText(work["target/copy"]));
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void ForgetsALinkThatWasReplaced()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("real/", '5').Add("way", '2', link: "real").Add("way/a", content: "1")
            .Add("way/", '5').Add("way/b", content: "2").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("1", File.ReadAllText(work["target/real/a"]));
        Assert.False(File.Exists(work["target/real/b"]));
        Assert.Equal("2", File.ReadAllText(work["target/way/b"]));
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void ReplacesALinkInsteadOfWritingThroughIt()
    {
        using TemporaryDirectory work = new();
        File.WriteAllText(work["victim"], "untouched");
        byte[] tar = new TarBuilder().Add("file", '2', link: work["victim"]).Add("file", content: "new").End();
        Unpacked.FromBytes(work, tar);
        Assert.Equal("untouched", File.ReadAllText(work["victim"]));
        Assert.Equal("new", File.ReadAllText(work["target/file"]));
        Assert.Null(new FileInfo(work["target/file"]).LinkTarget);
    }

    [Theory]
    [InlineData("../victim", nameof(EngineErrors.ArchiveRefused))]
    [InlineData("{victim}", nameof(EngineErrors.ArchiveInvalid))]
    [InlineData("later", nameof(EngineErrors.ArchiveInvalid))]
    [InlineData("directory", nameof(EngineErrors.ArchiveInvalid))]
    [InlineData("", nameof(EngineErrors.ArchiveInvalid))]
    public void RefusesHardLinksToAnythingButEarlierFiles(string link, string id)
    {
        using TemporaryDirectory work = new();
        File.WriteAllText(work["victim"], "secret");
        link = link.Replace("{victim}", work["victim"], StringComparison.Ordinal);
        byte[] tar = new TarBuilder().Add("directory/", '5').Add("hard", '1', link: link)
            .Add("later", content: "x").End();
        EngineException error = Unpacked.Error(work, tar);
        Assert.Equal(id, error.Definition.Id);
        Assert.False(File.Exists(work["target/hard"]));
    }

    [Fact]
    public void RefusesAHardLinkThroughALinkOut()
    {
        using TemporaryDirectory work = new();
        File.WriteAllText(work["victim"], "secret");
        byte[] tar = new TarBuilder().Add("out", '2', link: "..").Add("hard", '1', link: "out/victim").End();
        Assert.Equal(nameof(EngineErrors.ArchiveInvalid), Unpacked.Error(work, tar).Definition.Id);
    }

    [Theory]
    [InlineData("SCHILY.xattr.trusted.overlay.redirect=/x")]
    [InlineData("SCHILY.xattr.trusted.overlay.opaque=y")]
    [InlineData("SCHILY.xattr.user.overlay.opaque=y")]
    [InlineData("LIBARCHIVE.xattr.trusted%2Eoverlay.metacopy=eA")]
    public void RefusesAttributesThatSteerTheMount(string record)
    {
        using TemporaryDirectory work = new();
        AssertRefused(Unpacked.Error(work, new TarBuilder().Pax(record).Add("d/", '5').End()), "d/");
    }

    [Fact]
    public void RefusesTheDeviceThatIsAWhiteout()
    {
        using TemporaryDirectory work = new();
        AssertRefused(Unpacked.Error(work, new TarBuilder().Add("dev", '3').End(), UnpackOptions.Layer), "dev");
    }

    [Theory]
    [InlineData('3')]
    [InlineData('4')]
    public void RefusesDevicesWhereNotAllowed(char type)
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("dev", type, major: 1, minor: 3).End();
        AssertRefused(Unpacked.Error(work, tar, new UnpackOptions { Devices = false }), "dev");
    }

    [Fact]
    public void RefusesNulsInNames()
    {
        using TemporaryDirectory work = new();
        AssertRefused(Unpacked.Error(work, new TarBuilder().Pax("path=a\0b").Add("x").End()), "a\\x00b");
        AssertRefused(Unpacked.Error(work, new TarBuilder().Pax("linkpath=a\0b").Add("x", '2').End()), "x");
    }

    [Theory]
    [InlineData('2')]
    [InlineData('0')]
    public void RefusesToReplaceTheRoot(char type)
    {
        using TemporaryDirectory work = new();
        AssertRefused(Unpacked.Error(work, new TarBuilder().Add("./.", type, link: "/etc").End()), "./.");
    }

    [Fact]
    public void RefusesTooManyEntriesBytesAndTooHighARatio()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("a").Add("b").Add("c", content: new string('x', 100_000)).End();
        UnpackOptions entries = new() { MaximumEntries = 2 };
        UnpackOptions bytes = new() { MaximumTarSize = 50_000 };
        UnpackOptions ratio = new() { CompressedBytes = () => 100, RatioExemptSize = 1000, MaximumRatio = 10 };
        foreach (UnpackOptions options in new[] { entries, bytes, ratio })
            Assert.Equal("ArchiveRefused", Unpacked.Error(work, tar, options).Definition.Id);
        Assert.Equal(3, Unpacked.FromBytes(work, tar, "fine", ratio with { MaximumRatio = 2000 }).Entries);
    }

    [Fact]
    public void RefusesASizePastTheLimitBeforeWritingAnything()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("huge", size: 1L << 32).Unended();
        AssertRefused(Unpacked.Error(work, tar, new UnpackOptions { MaximumTarSize = 1L << 31 }), "huge");
        Assert.False(File.Exists(work["target/huge"]));
    }

    [Fact]
    public void DoesNotHangOnAFifoInAPath()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("fifo", '6').Add("fifo/x", content: "x").End();
        EngineException error = Unpacked.Error(work, tar);
        Assert.Equal("ArchiveInvalid", error.Definition.Id);
        Assert.Contains("'fifo/x'", error.Message);
    }

    [Fact]
    public void NeverTouchesTheTreeThroughADirectoryReplacedByALink()
    {
        using TemporaryDirectory work = new();
        string outside = work.Make("outside");
        byte[] tar = new TarBuilder().Add("d/", '5').Add("d/x", content: "1").Add("d", '2', link: outside).End();
        Unpacked.FromBytes(work, tar);
        Assert.Empty(Directory.GetFileSystemEntries(outside));
        using SafeFileHandle root = FileTree.OpenDirectory(outside);
        // The time of the directory 'd' was not set on what the link points to.
        Assert.NotEqual(1_000_000_000, FileStatus.Of(root).Modified.Seconds);
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    private static void AssertRefused(EngineException error, string entry)
    {
        Assert.Equal(nameof(EngineErrors.ArchiveRefused), error.Definition.Id);
        Assert.Contains($"'{entry}'", error.Message);
    }
}
