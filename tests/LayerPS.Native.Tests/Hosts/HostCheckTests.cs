using LayerPS.Hosts;
using LayerPS.Linux;
using Tmds.Linux;
using Xunit;

namespace LayerPS.Tests.Hosts;

public sealed class HostCheckTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("layerps host ä ").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void NothingFailsWhereContainersRun()
    {
        Assert.DoesNotContain(Inspect(), static c => c.Status == HostCheckStatus.Failed && c.Name != "runtime");
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public void ARefusalOfTheKernelIsAFinding()
    {
        // Capabilities are each thread's own.
        List<HostCheck> checks = [];
        var thread = new Thread(() =>
        {
            Capabilities.Set(0, 0, 0, 0);
            checks = Inspect();
        });
        thread.Start();
        thread.Join();

        foreach (string name in (string[])["namespace-pid", "namespace-mount", "mount-api", "overlay"])
        {
            HostCheck check = Assert.Single(checks, c => c.Name == name);
            Assert.NotNull(check.Remedy);
            Assert.Equal(HostCheckStatus.Failed, check.Status);
            Assert.Contains($"errno {LibC.EPERM}", check.Value, StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Theory]
    [InlineData(true, HostCheckStatus.Failed)]
    [InlineData(false, HostCheckStatus.Warning)]
    public void WhatIsNeededFailsAndWhatHelpsWarns(bool isRequired, HostCheckStatus expected)
    {
        var probe = new HostProbe("x", "purpose", "remedy", static () => throw new IOException("said"))
        {
            IsRequired = isRequired,
        };

        Assert.Equal(new HostCheck("x", expected, "said", "purpose", "remedy"), probe.Run());
    }

    [Fact]
    public void NamesAreOneWordAndTheirOwn()
    {
        string[] names = [.. ContainerHost.CheckNames];

        Assert.All(names, static name => Assert.Matches("^[a-z0-9]+(-[a-z0-9+]+)*$", name));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    private List<HostCheck> Inspect() => [.. ContainerHost.Inspect(root: Path.Combine(_root, "not", "there"))];
}
