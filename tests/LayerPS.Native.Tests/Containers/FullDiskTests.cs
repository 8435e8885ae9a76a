using LayerPS.Containers;
using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>A store on a disk that a container fills to the last block.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string Fill = "dd if=/dev/zero of=/big bs=65536; dd if=/dev/zero of=/rest bs=1; ";

    private readonly string _disk = Directory.CreateTempSubdirectory("layerps disk ").FullName;
    private readonly ContainerEngine _engine;
    private readonly Image _base;

    public FullDiskTests()
    {
        // Finds the runtime.
        new ContainerStore().Dispose();
        Shell.Script(_disk, "mount -t tmpfs -o size=24m layerps-test .");
        _engine = ContainerEngine.Open(Path.Combine(_disk, "store"));
        _base = _engine.Images.CreateFromCommands(["sh", "dd", "sleep", "true", "rm"], "base");
    }

    public void Dispose()
    {
        foreach (Container container in _engine.Containers.List()) _engine.Containers.Remove(container, force: true);
        Shell.Script(Path.GetTempPath(), $"umount '{_disk}'");
        Directory.Delete(_disk);
    }

    [Fact]
    public void ItsEndIsTrueAllTheSame()
    {
        Container container = Start(Fill + "exit 7");
        ContainerExit exit = _engine.Containers.Wait(container);

        Assert.Equal((7, ContainerExitReason.Exited), (exit.ExitCode, exit.ExitReason));
        Assert.Equal(ContainerState.Exited, container.Refresh().State);
        RemovalMakesRoom(container);
    }

    [Theory]
    [InlineData("No")]
    [InlineData("Always")]
    public void ItIsStoppedAndRemoved(string policy)
    {
        Container container = Full(policy);
        Assert.Equal(ContainerState.Running, container.Refresh().State);
        Container stopped = _engine.Containers.Stop(container, force: true);
        Assert.Equal((ContainerState.Exited, 137), (stopped.State, stopped.ExitCode));
        Assert.Equal(ContainerState.Exited, container.Refresh().State);
        RemovalMakesRoom(container);
    }

    [Fact]
    public void ItsMonitorIsKilled()
    {
        Container container = Full("No");
        using (var monitor = System.Diagnostics.Process.GetProcessById(container.Run.MonitorPid))
        {
            monitor.Kill();
            Assert.True(SpinWait.SpinUntil(() => container.Refresh().Pid is null, TimeSpan.FromSeconds(30)));
        }

        Assert.Equal((ContainerState.Exited, ContainerExitReason.Lost), (container.Refresh().State, container.Refresh().ExitReason));
        RemovalMakesRoom(container);
    }

    [Fact]
    public void ANewOneIsRefusedAndLeavesNothing()
    {
        Container container = Full("No");
        Assert.ThrowsAny<IOException>(() => _engine.Containers.Create(_base, new() { Name = "new", Command = ["true"] }));
        Assert.Equal([container.Id], _engine.Containers.List().Select(static made => made.Id));
        RemovalMakesRoom(container);
    }

    private Container Start(string script, string policy = "No") => _engine.Containers.Start(_engine.Containers.Create(
        _base, new ContainerOptions { Command = ["sh", "-c", script], RestartPolicy = policy }));

    // One that goes on when the disk is full; which is said by a directory entry, that has room everywhere.
    private Container Full(string policy)
    {
        Container container = Start(Fill + ": > /full; exec sleep 100", policy);
        Assert.True(SpinWait.SpinUntil(() => File.Exists($"/proc/{container.Pid}/root/full"), TimeSpan.FromSeconds(60)));
        return container;
    }

    private void RemovalMakesRoom(Container container)
    {
        _engine.Containers.Remove(container.Refresh(), force: true);
        Assert.Empty(_engine.Containers.List());
        Container next = Start("exit 3");
        Assert.Equal(3, _engine.Containers.Wait(next).ExitCode);
    }
}
