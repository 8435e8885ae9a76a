using LayerPS.Linux;
using LayerPS.Union;
using Xunit;

namespace LayerPS.Tests.Union;

public sealed class UnionMountTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("layerps union: ä,\\x ").FullName;

    public static TheoryData<string> Interfaces => [nameof(UnionInterface.FileSystemContext), nameof(UnionInterface.Classic)];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void WritesGoToTheUpperAndDeletionsLeaveWhiteouts(string kind)
    {
        string[] lowers = MakeLowers(2);
        (string upper, string work) = MakeUpper();

        using (UnionMount union = UnionMount.Create(lowers, upper, work, OptionsFor(kind)))
        {
            File.WriteAllText(Path.Combine(union.Path, "new"), "content");
            File.Delete(Path.Combine(union.Path, "file-0"));
            Assert.True(File.Exists(Path.Combine(union.Path, "file-1")));
        }

        Assert.Equal("content", File.ReadAllText(Path.Combine(upper, "new")));
        Assert.True(File.Exists(Path.Combine(lowers[0], "file-0")));
        Assert.True(File.Exists(Path.Combine(upper, "file-0")));
        Assert.False(File.Exists(Path.Combine(lowers[0], "new")));
    }

    [Theory]
    [InlineData(nameof(UnionInterface.FileSystemContext), 1)]
    [InlineData(nameof(UnionInterface.FileSystemContext), 2)]
    [InlineData(nameof(UnionInterface.FileSystemContext), 499)]
    [InlineData(nameof(UnionInterface.Classic), 1)]
    [InlineData(nameof(UnionInterface.Classic), 2)]
    [InlineData(nameof(UnionInterface.Classic), 499)]
    public void ShowsEveryLayerTopmostFirst(string kind, int count)
    {
        string[] lowers = MakeLowers(count);

        using UnionMount union = UnionMount.Create(lowers, null, null, OptionsFor(kind));

        Assert.Equal("0", File.ReadAllText(Path.Combine(union.Path, "shared")));
        Assert.Equal(count + 1, Directory.GetFiles(union.Path).Length);
        Assert.Throws<IOException>(() => File.WriteAllText(Path.Combine(union.Path, "refused"), ""));
    }

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void FourHundredNinetyNineLayersTakeAnUpper(string kind)
    {
        (string upper, string work) = MakeUpper();

        using UnionMount union = UnionMount.Create(MakeLowers(499), upper, work, OptionsFor(kind));

        File.WriteAllText(Path.Combine(union.Path, "file-498"), "changed");
        Assert.Equal("changed", File.ReadAllText(Path.Combine(upper, "file-498")));
    }

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void LeavesNothingInTheMountTable(string kind)
    {
        (string upper, string work) = MakeUpper();

        using UnionMount union = UnionMount.Create(MakeLowers(3), upper, work, OptionsFor(kind));

        Assert.DoesNotContain("overlay", File.ReadAllText("/proc/self/mountinfo"), StringComparison.Ordinal);
    }

    [Fact]
    public void FiveHundredLayersAreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => UnionMount.Create(new string[500], null, null, UnionMountOptions.Default));

    [Fact]
    public void ALayerThatIsMissingIsNamed()
    {
        string missing = Path.Combine(_root, "missing");

        LinuxException failure = Assert.Throws<LinuxException>(
            () => UnionMount.Create([missing, missing], null, null, OptionsFor(nameof(UnionInterface.FileSystemContext))));

        Assert.Contains(missing, failure.Message, StringComparison.Ordinal);
    }

    private static UnionMountOptions OptionsFor(string kind) => new() { Interface = Enum.Parse<UnionInterface>(kind) };

    private string[] MakeLowers(int count)
    {
        string[] lowers = new string[count];
        for (int i = 0; i < count; i++)
        {
            lowers[i] = Directory.CreateDirectory(Path.Combine(_root, $"lower:{i}")).FullName;
            File.WriteAllText(Path.Combine(lowers[i], $"file-{i}"), "");
            File.WriteAllText(Path.Combine(lowers[i], "shared"), $"{i}");
        }

        return lowers;
    }

    private (string Upper, string Work) MakeUpper() =>
        (Directory.CreateDirectory(Path.Combine(_root, "upper")).FullName,
            Directory.CreateDirectory(Path.Combine(_root, "work")).FullName);
}
