using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>A layer that is no longer what it was is not written as if it were.</summary>
public sealed class LayerTarTests
{
    private static readonly byte[] Tar =
        new TarBuilder().Add("d/", '5').Add("d/file", content: "content").Add("d/file2", content: "content").End();

    [Theory]
    [InlineData("printf x >> d/file")]
    [InlineData("truncate -s 3 d/file")]
    [InlineData("rm d/file")]
    [InlineData("rm -r d")]
    [InlineData("rm d/file; mkdir d/file")]
    [InlineData("rm d/file; mkfifo d/file")]
    [InlineData("ln -sf file2 d/file")]
    [InlineData("mv d e; ln -s e d")]
    public void NamesTheFileThatChanged(string change)
    {
        using TemporaryDirectory work = new();
        Unpacked.FromBytes(work, Tar);
        Shell.Script(work["target"], change);
        EngineException error = Assert.Throws<EngineException>(() => Unpacked.Rebuild(work));
        Assert.Equal("StoreCorrupt", error.Definition.Id);
        Assert.Contains("'d/file'", error.Message);
    }

    [Fact]
    public void SaysWhenTheTarSplitIsDamaged()
    {
        using TemporaryDirectory work = new();
        Unpacked.FromBytes(work, Tar);
        byte[] split = File.ReadAllBytes(work["target.split"]);
        byte[] flipped = [.. split];
        flipped[split.Length / 3] ^= 1;
        foreach (byte[] damaged in new[] { [], split[..5], split[..^1], split[1..], [.. split, 0], flipped })
        {
            File.WriteAllBytes(work["target.split"], damaged);
            Assert.Equal("StoreCorrupt", Assert.Throws<EngineException>(() => Unpacked.Rebuild(work)).Definition.Id);
        }
        split[8]++;
        File.WriteAllBytes(work["target.split"], split);
        Assert.Equal(
            "StoreVersionUnsupported", Assert.Throws<EngineException>(() => Unpacked.Rebuild(work)).Definition.Id);
    }

    [Fact]
    public void TheTarSplitIsSmall()
    {
        using TemporaryDirectory work = new();
        TarBuilder tar = new();
        for (int i = 0; i < 2000; i++) tar.Add($"file-{i}", content: "x");
        Unpacked.FromBytes(work, tar.End());
        Assert.True(new FileInfo(work["target.split"]).Length < 2000 * 40);
    }
}
