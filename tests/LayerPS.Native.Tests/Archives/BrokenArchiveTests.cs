using System.Text;
using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>Archives that are cut off, changed, or were never right.</summary>
public sealed class BrokenArchiveTests
{
    [Fact]
    public void EveryCutIsAnErrorOrLeavesWholeEntries()
    {
        byte[] tar = new TarBuilder().Add("first", content: new string('a', 700))
            .Pax("path=second").Add("x", content: "b").Unended();
        for (int length = 0; length < tar.Length; length += 100)
        {
            using TemporaryDirectory work = new();
            if (length % 512 == 0 && length is 1536) continue;
            Assert.Equal("ArchiveInvalid", Unpacked.Error(work, tar[..length]).Definition.Id);
        }
    }

    [Fact]
    public void AcceptsAnArchiveWithoutItsEndMark()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("first", content: "x").Unended();
        Assert.Equal(1, Unpacked.FromBytes(work, tar).Entries);
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void AcceptsAnEmptyArchive()
    {
        using TemporaryDirectory work = new();
        UnpackedLayer layer = Unpacked.FromBytes(work, new byte[1024]);
        // The digest of docker's well-known empty layer.
        Assert.Equal("5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef", layer.DiffId);
        Assert.Equal(new byte[1024], Unpacked.Rebuild(work));
    }

    [Fact]
    public void NamesTheEntryBeforeAWrongChecksum()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("good").Add("bad", breakChecksum: true).End();
        EngineException error = Unpacked.Error(work, tar);
        Assert.Equal("ArchiveInvalid", error.Definition.Id);
        Assert.Contains("'good'", error.Message);
    }

    [Fact]
    public void RefusesDataBehindTheEnd()
    {
        using TemporaryDirectory work = new();
        byte[] tar = [.. new TarBuilder().Add("a").End(), .. new TarBuilder().Add("b").End()];
        Assert.Contains("behind its end", Unpacked.Error(work, tar).Message);

        UnpackedLayer layer = Unpacked.FromBytes(work, tar, "allowed", new UnpackOptions { TrailingData = true });
        Assert.Equal(Unpacked.Sha256(tar), layer.DiffId);
        Assert.Equal(tar, Unpacked.Rebuild(work, "allowed"));
    }

    [Fact]
    public void KeepsZerosBehindTheEnd()
    {
        using TemporaryDirectory work = new();
        byte[] tar = [.. new TarBuilder().Add("a").End(), .. new byte[12_345]];
        Assert.Equal(tar.Length, Unpacked.FromBytes(work, tar).TarSize);
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void RefusesNegativeAndImpossibleNumbers()
    {
        using TemporaryDirectory work = new();
        string ErrorOf(TarBuilder tar) => Unpacked.Error(work, tar.End()).Message;
        Assert.Contains("negative", ErrorOf(new TarBuilder().Add("a", change: h => h.AsSpan(124, 12).Fill(0xff))));
        Assert.Contains("number", ErrorOf(new TarBuilder().Add("a", change: h => h[125] = (byte)'9')));
        Assert.Contains("owner", ErrorOf(new TarBuilder().Pax("uid=4294967295").Add("a")));
        Assert.Contains("size", ErrorOf(new TarBuilder().Pax("size=-5").Add("a")));
        Assert.Contains("time", ErrorOf(new TarBuilder().Pax("mtime=today").Add("a")));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("999 path=x\n")]
    [InlineData("5 =x\n")]
    [InlineData("-7 a=b\n")]
    [InlineData("0 a=b\n")]
    public void RefusesExtendedHeadersThatCannotBeRead(string records)
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("pax", 'x', records).Add("a").End();
        Assert.Contains("extended", Unpacked.Error(work, tar).Message);
    }

    [Theory]
    [InlineData("GNU.sparse.map=0,1,0,1")]
    [InlineData("GNU.sparse.map=5,1")]
    [InlineData("GNU.sparse.map=0,9")]
    [InlineData("GNU.sparse.map=0,-1,1,3")]
    [InlineData("GNU.sparse.map=9223372036854775807,2")]
    [InlineData("GNU.sparse.map=0,1")]
    [InlineData("GNU.sparse.map=0")]
    public void RefusesSparseMapsThatDoNotFit(string map)
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Pax("GNU.sparse.size=5", map).Add("s", content: "ab").End();
        EngineException error = Unpacked.Error(work, tar);
        Assert.Equal("ArchiveInvalid", error.Definition.Id);
        Assert.Contains("sparse map", error.Message);
    }

    [Theory]
    [InlineData('Z')]
    [InlineData('M')]
    [InlineData('N')]
    public void RefusesTypesItDoesNotKnow(char type)
    {
        using TemporaryDirectory work = new();
        Assert.Contains($"'{type}'", Unpacked.Error(work, new TarBuilder().Add("a", type).End()).Message);
    }

    [Fact]
    public void RefusesNamesLongerThanLinuxHas()
    {
        using TemporaryDirectory work = new();
        foreach (string name in new[] { new string('n', 300), string.Concat(Enumerable.Repeat("d/", 2100)) + "f" })
        {
            EngineException error = Unpacked.Error(work, new TarBuilder().Pax("path=" + name).Add("a").End());
            Assert.Equal("ArchiveInvalid", error.Definition.Id);
            Assert.Contains("too long", error.Message);
            Assert.True(error.Message.Length < 400);
        }
    }

    [Fact]
    public void ShowsNamesThatAreNotText()
    {
        using TemporaryDirectory work = new();
        EngineException error = Unpacked.Error(work, new TarBuilder().Add("../\u001b[31m\u00ff").End());
        Assert.Contains("'../\\x1b[31m\\xff'", error.Message);
        Assert.DoesNotContain('\u001b', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(error.Message)));
    }
}
