using LayerPS.Linux;
using Tmds.Linux;
using Xunit;

namespace LayerPS.Tests.Errors;

public sealed class ErrorTests
{
    [Fact]
    public void KernelThatIsTooOldIsNamedWithTheOneThatIsNeeded()
    {
        var failure = Assert.Throws<EngineException>(() => HostRequirements.Check(isRoot: true, new Version(5, 10, 99)));
        Assert.Equal("HostNotSupported", failure.Definition.Id);
        Assert.Contains("5.10.99", failure.Message, StringComparison.Ordinal);
        Assert.Contains("5.11 or later", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Test-ContainerHost", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void UserWhoIsNotRootIsToldHowToBecomeOne()
    {
        var failure = Assert.Throws<EngineException>(() => HostRequirements.Check(isRoot: false, new Version(6, 1)));
        Assert.Equal("HostNotRoot", failure.Definition.Id);
        Assert.Contains("sudo pwsh", failure.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void OldestKernelIsEnough() => HostRequirements.Check(isRoot: true, HostRequirements.MinimumKernel);

    [Fact]
    public void FileSystemThatTheKernelLacksIsNoDefect()
    {
        var failure = Assert.Throws<LinuxException>(() => Mounts.OpenContext("layerps-has-no-such-type"));
        Assert.Equal("HostNotSupported", ErrorDefinition.Of(failure).Id);
    }

    [Fact]
    public void ErrorsOfTheKernelHaveTheirRows()
    {
        Assert.Equal("HostNotSupported", IdOf(LibC.ENOSYS));
        Assert.Equal("HostAccessDenied", IdOf(LibC.EACCES));
        Assert.Equal("HostDiskFull", IdOf(LibC.ENOSPC));
        Assert.Equal("HostCallFailed", IdOf(LibC.EIO));
        Assert.Equal("EngineDefect", ErrorDefinition.Of(new InvalidOperationException()).Id);
    }

    private static string IdOf(int errno) => ErrorDefinition.Of(new LinuxException("call", "/path", errno)).Id;
}
