using LayerPS.Archives;
using Xunit;

namespace LayerPS.Tests.Archives;

/// <summary>What GNU tar and bsdtar write is unpacked as they would, and written again byte for byte.</summary>
public sealed class RealArchiveTests
{
    [Theory]
    [InlineData("Plain", "tar --format=v7 -cf ../a.tar --sort=name --exclude=fifo .")]
    [InlineData("Plain", "tar --format=ustar -cf ../a.tar --sort=name .")]
    [InlineData("Plain", "tar --format=ustar -cf ../a.tar *")]
    [InlineData("Long", "tar --format=gnu -cf ../a.tar --sort=name .")]
    [InlineData("Long", "tar --format=oldgnu -cf ../a.tar --sparse .")]
    [InlineData("Long", "tar --format=gnu -cf ../a.tar --sparse .")]
    [InlineData("Long", "tar --format=gnu -b 1 -cf ../a.tar -V label .")]
    [InlineData("Full", "tar --format=pax -cf ../a.tar --xattrs --xattrs-include='*' .")]
    [InlineData("Full", "tar --format=pax -cf ../a.tar --xattrs --xattrs-include='*' --sparse --sparse-version=0.0 .")]
    [InlineData("Full", "tar --format=pax -cf ../a.tar --xattrs --xattrs-include='*' --sparse --sparse-version=0.1 .")]
    [InlineData("Full", "tar --format=pax -cf ../a.tar --xattrs --xattrs-include='*' --sparse --sparse-version=1.0 .")]
    [InlineData("Full", "tar --format=pax -cf ../a.tar --xattrs --xattrs-include='*' --pax-option=comment:=all .")]
    [InlineData("FullForBsdtar", "bsdtar --format=pax -cf ../a.tar --xattrs .")]
    [InlineData("FullForBsdtar", "bsdtar --format=pax --options hdrcharset=BINARY -cf ../a.tar --xattrs .")]
    [InlineData("Long", "bsdtar --format=gnutar -cf ../a.tar .")]
    [InlineData("Plain", "bsdtar --format=ustar -cf ../a.tar .")]
    public void UnpacksAsTarDoesAndRebuilds(string tree, string command)
    {
        using TemporaryDirectory work = new();
        string script = tree switch
        {
            "Plain" => FileTrees.Plain,
            "Long" => FileTrees.Long,
            "Full" => FileTrees.Full,
            _ => FileTrees.FullForBsdtar,
        };
        Shell.Script(work.Make("tree"), script);
        Shell.Script(work["tree"], command);

        UnpackedLayer layer = Unpacked.FromFile(work, work["a.tar"], "ours");

        string extractor = command.StartsWith("bsdtar", StringComparison.Ordinal)
            ? "bsdtar -xpf ../a.tar --numeric-owner"
            : "tar -xpf ../a.tar --numeric-owner --xattrs --xattrs-include='*'";
        Shell.Script(work.Make("theirs"), extractor);
        Assert.Equal(FileTrees.Describe(work["theirs"]), FileTrees.Describe(work["ours"]));
        byte[] tar = File.ReadAllBytes(work["a.tar"]);
        Assert.Equal(Unpacked.Sha256(tar), layer.DiffId);
        Assert.Equal(tar.Length, layer.TarSize);
        Assert.Equal(layer.DiffId, Unpacked.Sha256(Unpacked.Rebuild(work, "ours")));
    }

    [Fact]
    public void GivesTheRootItsOwnModeOwnerTimeAndAttributes()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), """
            chmod 1751 .; chown 7:8 .; setfattr -n user.root -v yes .; echo x > x
            touch -d '2003-02-03 04:05:06.123456789 UTC' .
            tar --format=pax --xattrs -cf ../a.tar .
            """);
        Unpacked.FromFile(work, work["a.tar"], "ours");
        Assert.Equal(
            "1751 7:8 1044245106.1234567890", Shell.Script(work["ours"], "find . -maxdepth 0 -printf '%m %U:%G %T@'"));
        Assert.Equal("yes", Shell.Script(work["ours"], "getfattr --only-values -n user.root ."));
    }

    [Fact]
    public void KeepsHolesAsHoles()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "truncate -s 1G huge; printf end >> huge");
        Shell.Script(work["tree"], "tar --format=pax --sparse -cf ../a.tar .");

        UnpackedLayer layer = Unpacked.FromFile(work, work["a.tar"], "ours");

        Assert.True(layer.Size < 100_000);
        Assert.Equal((1L << 30) + 3, new FileInfo(Path.Combine(work["ours"], "huge")).Length);
        long blocks = long.Parse(Shell.Run("stat", "-c", "%b", Path.Combine(work["ours"], "huge")));
        Assert.True(blocks < 1000, $"{blocks} blocks");
    }

    [Fact]
    public void KeepsCapabilitiesAndSetuidBits()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "cp /bin/true a; chown 5:5 a; chmod 4755 a; setcap cap_net_raw+ep a");
        Shell.Script(work["tree"], "tar --format=pax --xattrs --xattrs-include='*' -cf ../a.tar .");

        Unpacked.FromFile(work, work["a.tar"], "ours");

        Assert.Contains("cap_net_raw=ep", Shell.Run("getcap", Path.Combine(work["ours"], "a")));
        Assert.Equal("4755 5", Shell.Run("stat", "-c", "%a %u", Path.Combine(work["ours"], "a")).Trim());
    }

    [Fact]
    public void ReportsProgressUpToTheWholeSize()
    {
        using TemporaryDirectory work = new();
        Shell.Script(work.Make("tree"), "head -c 5000000 /dev/zero > a; cp a b; tar -cf ../a.tar a b");
        List<long> reports = [];
        using FileStream tar = File.OpenRead(work["a.tar"]);
        using FileStream split = File.Create(work["split"]);

        UnpackedLayer layer = LayerUnpacker.Unpack(
            tar, work.Make("ours"), split, UnpackOptions.Layer, new Reports(reports), default);

        Assert.True(reports.Count > 1);
        Assert.Equal(reports.Order(), reports);
        Assert.Equal(layer.TarSize, reports[^1]);
        Assert.Equal(10_000_000, layer.Size);
        Assert.Equal(2, layer.Entries);
    }

    [Fact]
    public void StopsWhenCancelled()
    {
        using TemporaryDirectory work = new();
        byte[] tar = new TarBuilder().Add("a", content: "x").Add("b", content: "y").End();
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => LayerUnpacker.Unpack(
            new MemoryStream(tar), work.Make("ours"), new MemoryStream(), UnpackOptions.Layer, null, cancelled.Token));
    }

    private sealed class Reports(List<long> list) : IProgress<long>
    {
        public void Report(long value) => list.Add(value);
    }
}
