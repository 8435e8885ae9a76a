using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>What goes wrong around a container: after each, the state is true and a forced removal leaves nothing.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ItsFirstProcessIsKilled()
    {
        Container container = _store.StartScript("sleep 100 & sleep 100");
        using (ProcessHandle init = ProcessHandle.TryOpen(container.Run.Pid, container.Run.PidStartTime)!) init.Signal(LibC.SIGKILL);

        ContainerExit exit = _store.Containers.Wait(container);

        Assert.Equal((137, 9, ContainerExitReason.Signaled), (exit.ExitCode, exit.Signal, exit.ExitReason));
        RemovesAll(container);
    }

    [Fact]
    public void ItsMonitorIsKilled()
    {
        Container container = _store.StartScript("exec sleep 100");
        using (ProcessHandle monitor = ProcessHandle.TryOpen(container.Run.MonitorPid, container.Run.MonitorStartTime)!)
        {
            monitor.Signal(LibC.SIGKILL);
            monitor.WaitForExit(Timeout.InfiniteTimeSpan, CancellationToken.None);
        }

        Container after = container.Refresh();

        Assert.Equal((ContainerState.Exited, ContainerExitReason.Lost, null), (after.State, after.ExitReason, after.ExitCode));
        Assert.Null(ProcessHandle.StartTimeOf(container.Run.Pid));
        RemovesAll(container);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"state\":\"Run")]
    [InlineData("null")]
    public void TheRecordOfItsRunIsCutOff(string json)
    {
        Container container = _store.Create("true");
        _ = _store.Containers.Run(container, static _ => { });
        File.WriteAllText(Path.Combine(container.Directory, ContainerFiles.Run), json);

        Assert.Null(container.Refresh().Pid);
        RemovesAll(container);
    }

    [Fact]
    public void ALogIsWrittenWithoutEndAndNobodyReads()
    {
        ContainerOptions options = new()
        {
            Command = ["sh", "-c", "while :; do seq 10000; done"], LogSize = 200_000, LogCount = 2,
        };
        Container container = _store.Containers.Start(_store.Containers.Create(_store.Base, options));
        string second = Path.Combine(container.Directory, "log.1");

        Assert.True(SpinWait.SpinUntil(() => File.Exists(second), TimeSpan.FromSeconds(30)));
        Assert.Equal(ContainerState.Running, container.Refresh().State);
        Assert.False(File.Exists(Path.Combine(container.Directory, "log.2")));
        Assert.InRange(new FileInfo(second).Length, 1, 200_000);
        RemovesAll(container);
    }

    private void RemovesAll(Container container)
    {
        _store.Containers.Remove(container.Refresh(), force: true);

        Assert.False(Directory.Exists(container.Directory));
        Assert.Empty(_store.Containers.List());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.ContainerNames));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.Staging));
        string cgroup = ContainerCgroup.PathOf(null, container.Id);
        Assert.All(CgroupHierarchy.OnThisHost(), hierarchy => Assert.False(Directory.Exists(hierarchy.MountPoint + cgroup)));
    }
}
