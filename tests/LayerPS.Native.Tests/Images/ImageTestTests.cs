using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class ImageTestTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void WhatWasStoredIsValid()
    {
        Image low = _store.MakeLayers(
            "low", null,
            """
            mkdir -p d/e; echo hello > d/a; ln d/a d/b; ln -s ../x d/l; mkfifo f; truncate -s 1M s; chmod 4711 d/a
            printf x | dd of=s bs=1 seek=500000 conv=notrunc status=none; chown 12:34 d/b; setfattr -n user.k -v v d/e
            """);
        _store.MakeLayers("high", low, "mkdir d o; touch d/.wh.a d/new o/.wh..wh..opq o/x .wh.f");

        List<ImageTestResult> results = [.. Test("high")];

        Assert.All(results, static result => Assert.Empty(result.Problems));
        Assert.Equal(
            [ImagePart.Manifest, ImagePart.Config, ImagePart.Layer, ImagePart.Layer],
            results.Select(static result => result.Part));
        Assert.Equal("high:latest", results[3].Image);
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
    }

    [Fact]
    public void ATarWithoutDirectoriesAndWithStrangeNamesIsValid()
    {
        string tree = _store.MakeDirectory("tree");
        Shell.Script(tree, "mkdir -p a/b; echo 1 > a/b/.wh.c; tar -cf ../t.tar a/b/.wh.c");
        _store.Images.Import(_store.PathOf("t.tar"), new ImageImportOptions { Name = "t" });

        Assert.All(Test("t"), static result => Assert.Empty(result.Problems));
    }

    [Theory]
    [InlineData(
        "touch -r a ../t; printf X | dd of=a bs=1 conv=notrunc status=none; touch -r ../t a",
        "digest of its tar", "bytes of a file")]
    [InlineData("rm a", "digest of its tar", "'/a' is gone")]
    [InlineData("rm l", "'/l' is gone")]
    [InlineData("echo longer than before > a", "digest of its tar", "'/a' is not as it was recorded (Content, Mod")]
    [InlineData("touch -r d ../t; touch d/extra; touch -r ../t d", "'/d/extra' does not belong to it")]
    [InlineData("chmod 4755 a", "'/a' is not as it was recorded (Mode)")]
    [InlineData("chown 5 a", "'/a' is not as it was recorded (Owner)")]
    [InlineData("touch a", "'/a' is not as it was recorded (Modified)")]
    [InlineData("setfattr -n user.x -v 1 a", "'/a' is not as it was recorded (Attributes)")]
    [InlineData("ln -sfn elsewhere l", "'/l' is not as it was recorded (Content, Modified)")]
    [InlineData("setfattr -x trusted.overlay.opaque o", "'/o' is not as it was recorded (Attributes)")]
    [InlineData("rm gone", "'/gone' is gone")]
    [InlineData("rm -r d; touch d", "'/d' is not as it was recorded (Kind)", "'/d/in' is gone")]
    [InlineData("truncate -s 30 ../tar-split", "tar-split")]
    [InlineData("rm ../tar-split", "cannot be read")]
    [InlineData("echo '{}' > ../layer.json", "metadata")]
    [InlineData("rm ../layer.json", "missing")]
    [InlineData("rm -r ../diff", "cannot be read")]
    public void WhatIsWrongWithALayerIsSaid(string damage, params string[] said)
    {
        Image low = _store.MakeLayers("low", null, "echo 1 > low");
        Image high = _store.MakeLayers(
            "high", low, "echo hello > a; ln -s a l; mkdir d o; echo in > d/in; touch o/.wh..wh..opq o/x .wh.gone");
        Shell.Script(high.Layers[1].Path, damage);

        ImageTestResult[] results = [.. Test("high")];

        Assert.Equal([true, true, true, false], results.Select(static result => result.Valid));
        Assert.All(said, text => Assert.Contains(results[3].Problems, p => p.Contains(text, StringComparison.Ordinal)));
        Assert.All(Test("low"), static result => Assert.Empty(result.Problems));
        Assert.Empty(Directory.GetFileSystemEntries(_store.Layout.Staging));
    }

    [Fact]
    public void DamagedBlobsAreSaidAlso()
    {
        Image image = _store.MakeLayers("a", null, "echo 1 > a");
        File.AppendAllText(_store.Layout.Blob(image.Id), " ");
        Assert.Equal([true, false], Test("a").Select(static result => result.Valid));

        File.Delete(_store.Layout.Blob(image.Digest![7..]));
        ImageTestResult result = Assert.Single(Test("a"));
        Assert.Equal((ImagePart.Manifest, image.Digest[7..], false), (result.Part, result.Id, result.Valid));
    }

    [Fact]
    public void ImagesAreFoundInEveryWay()
    {
        Image a = _store.MakeLayers("x/a", null, "echo 1 > a");
        Image b = _store.MakeLayers("x/b", null, "echo 2 > a");
        ImageTest test = _store.Images.BeginTest();

        Assert.Equal(2, test.Find().Count);
        Assert.Equal([a.Digest!, b.Digest!], test.Find("x/*"));
        Assert.All((string[])["x/a", "x/a:latest", a.Digest!, a.ShortId, $"x/a@{a.Digest}"],
            text => Assert.Equal([a.Digest!], test.Find(text)));
        Assert.Equal("ImageNotFound", Assert.Throws<EngineException>(() => test.Find("nope")).Definition.Id);
    }

    private IEnumerable<ImageTestResult> Test(string image)
    {
        ImageTest test = _store.Images.BeginTest();
        return test.Find(image).SelectMany(digest => test.Run(digest));
    }
}
