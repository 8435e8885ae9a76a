using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>OCI whiteouts become overlayfs's, and back.</summary>
public sealed class WhiteoutTests
{
    [Fact]
    public void WhiteoutsTakeOverlayForm()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("d/", '5').Add("d/.wh.gone").Add("o/", '5').Add("o/.wh..wh..opq")
            .Add("o/kept", content: "x").Add(".wh..wh.plnk/", '5').Add(".wh..wh.plnk/1.2", content: "aufs").End();
        Unpacked.FromBytes(work, tar, options: UnpackOptions.Layer);
        Assert.Equal("character special file 0 0", Shell.Run("stat", "-c", "%F %t %T", work["target/d/gone"]).Trim());
        Assert.Equal("y", Opaque(work["target/o"]));
        Assert.False(Directory.Exists(work["target/.wh..wh.plnk"]));
        Assert.Equal(tar, Unpacked.Rebuild(work));
    }

    [Fact]
    public void TheyArePlainNamesInARootFileSystem()
    {
        using TemporaryDirectory work = new();
        Unpacked.FromBytes(work, new TarBuilder().Add(".wh.x", content: "plain").End());
        Assert.Equal("plain", File.ReadAllText(work["target/.wh.x"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ADirectoryBesideItsWhiteoutIsOpaque(bool whiteoutFirst)
    {
        using TemporaryDirectory work = new();
        TarBuilder tar = new();
        if (whiteoutFirst) tar.Add(".wh.d").Add(".wh.f").Add(".wh.p");
        tar.Add("d/", '5').Add("f", content: "file").Add("p/q", content: "x");
        if (!whiteoutFirst) tar.Add(".wh.d").Add(".wh.f").Add(".wh.p");
        Unpacked.FromBytes(work, tar.End(), options: UnpackOptions.Layer);
        Assert.Equal("y", Opaque(work["target/d"]));
        Assert.Equal("y", Opaque(work["target/p"]));
        Assert.Equal("file", File.ReadAllText(work["target/f"]));
        Assert.Equal(tar.End(), Unpacked.Rebuild(work));
    }

    [Theory]
    [InlineData(".wh.")]
    [InlineData(".wh..")]
    [InlineData("d/.wh...")]
    public void RefusesWhiteoutsOfNoName(string name)
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("d/", '5').Add(name).End();
        EngineException error = Unpacked.Error(work, tar, UnpackOptions.Layer);
        Assert.Equal("ArchiveRefused", error.Definition.Id);
    }

    [Fact]
    public void AWrittenLayerHasThemInOciForm()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("upper"), """
            mkdir o; mknod gone c 0 0; mknod o/too c 0 0; setfattr -n trusted.overlay.opaque -v y o
            setfattr -n trusted.overlay.impure -v y .
            """);
        using (FileStream tar = File.Create(work["a.tar"]))
            DirectoryTar.Write(work["upper"], tar, new DirectoryTarOptions { Whiteouts = true }, default);
        Assert.Equal("./\n.wh.gone\no/\no/.wh..wh..opq\no/.wh.too\n", Shell.Run("tar", "-tf", work["a.tar"]));

        Unpacked.FromFile(work, work["a.tar"], "again", UnpackOptions.Layer);
        Assert.Equal("y", Opaque(work["again/o"]));
        Assert.Equal("0 0", Shell.Run("stat", "-c", "%t %T", work["again/o/too"]).Trim());
    }

    private static string Opaque(string directory) =>
        Shell.Run("getfattr", "--only-values", "--absolute-names", "-n", "trusted.overlay.opaque", directory);
}
