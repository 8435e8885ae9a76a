using System.Diagnostics;
using System.Text;
using LayerPS.Cgroups;
using LayerPS.Containers;
using LayerPS.Linux;
using LayerPS.Storage;
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

    [Fact]
    public void ItsNumberIsThatOfAStrangerAfterARestartOfTheHost()
    {
        Container container = _store.Create("true");
        _ = _store.Containers.Run(container, static _ => { });
        using Process stranger = Process.Start("sleep", "100");
        ContainerRun run = container.Refresh().Run with
        {
            State = ContainerState.Running, Pid = stranger.Id, PidStartTime = 1, MonitorPid = stranger.Id, MonitorStartTime = 1,
        };
        File.WriteAllBytes(Path.Combine(container.Directory, ContainerFiles.Run), run.ToJson());

        Container after = container.Refresh();

        Assert.Equal((ContainerState.Exited, ContainerExitReason.Lost), (after.State, after.ExitReason));
        RemovesAll(container);
        Assert.False(stranger.HasExited);
        stranger.Kill();
        stranger.WaitForExit();
    }

    [Fact]
    public void ItsRecordIsOfALaterVersion()
    {
        Container container = _store.StartScript("exec sleep 100");
        _store.Containers.Suspend(container);
        string record = File.ReadAllText(container.MetadataPath);
        File.WriteAllText(container.MetadataPath, record.Replace("\"version\": 1", "\"version\": 1000", StringComparison.Ordinal));

        EngineException refused = Assert.Throws<EngineException>(() => container.Refresh());

        Assert.Equal("StoreVersionUnsupported", refused.Definition.Id);
        Assert.Contains("version 1000", refused.Message, StringComparison.Ordinal);
        Assert.True(_store.Containers.RemoveDamaged(container.Id));
        Assert.Null(ProcessHandle.StartTimeOf(container.Run.Pid));
        LeavesNothing(container);
    }

    [Fact]
    public void SomebodyTakesItsCgroupAway()
    {
        Container container = _store.StartScript("trap 'exit 4' TERM; touch /up; while :; do sleep 0.05; done");
        Assert.True(SpinWait.SpinUntil(() => File.Exists($"/proc/{container.Pid}/root/up"), TimeSpan.FromSeconds(30)));
        string cgroup = ContainerCgroup.PathOf(null, container.Id);
        foreach (CgroupHierarchy hierarchy in CgroupHierarchy.OnThisHost())
        {
            string directory = hierarchy.MountPoint + cgroup;
            Assert.True(SpinWait.SpinUntil(
                () =>
                {
                    foreach (string member in File.ReadAllLines(directory + "/cgroup.procs")) MoveOut(hierarchy, member);
                    return Directories.TryRemove(directory);
                },
                TimeSpan.FromSeconds(30)));
        }

        Assert.Equal(ContainerState.Running, container.Refresh().State);
        Assert.Throws<EngineException>(() => _store.Containers.Suspend(container));
        CommandResult command = _store.Containers.Execute(container, new CommandOptions { Command = ["true"] });
        Assert.Equal(125, command.ExitCode);
        Assert.Contains("cgroup", command.StartError, StringComparison.Ordinal);
        Assert.Equal(4, _store.Containers.Stop(container).ExitCode);
        RemovesAll(container);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(9)]
    public async Task ItsMonitorIsKilledInTheMiddleOfTheStart(int milliseconds)
    {
        Container container = _store.CreateScript("exec sleep 100");
        Task<Container> start = Task.Run(() => _store.Containers.Start(container));
        int monitor = 0;
        Assert.True(SpinWait.SpinUntil(() => (monitor = MonitorOf(container)) != 0 || start.IsCompleted, TimeSpan.FromSeconds(30)));
        await Task.Delay(milliseconds);
        if (monitor != 0) _ = LibC.kill(monitor, LibC.SIGKILL);
        try
        {
            _ = await start;
        }
        catch (EngineException failure)
        {
            Assert.Equal("ContainerStartFailed", failure.Definition.Id);
        }

        // The kernel may still be at it.
        Assert.True(SpinWait.SpinUntil(() => container.Refresh().Pid is null, TimeSpan.FromSeconds(30)));
        container = _store.Containers.Start(container.Refresh());
        Assert.Equal(ContainerState.Running, container.State);
        RemovesAll(container);
    }

    [Fact]
    public void TwoHundredAreStartedAtOnce()
    {
        Container[] containers = [.. Enumerable.Range(0, 200).Select(_ => _store.Create("sleep", "100"))];
        Parallel.For(0, containers.Length, new() { MaxDegreeOfParallelism = 16 }, i => containers[i] = _store.Containers.Start(containers[i]));

        Container[] listed = [.. _store.Containers.List()];
        Assert.Equal(200, listed.Count(static container => container.State == ContainerState.Running));
        Assert.Equal(200, listed.Select(static container => container.Pid).Distinct().Count());
        Parallel.ForEach(containers, container => _store.Containers.Remove(container, force: true));
        Assert.All(containers, LeavesNothing);
    }

    [Fact]
    public void ItWritesAGigabyteOfLog()
    {
        Container container = _store.StartScript(
            "dd if=/dev/zero bs=1048576 count=1024; echo; until [ -e /end ]; do sleep 0.05; done");
        Assert.True(SpinWait.SpinUntil(
            () => _store.Containers.ReadLog(container, new() { Tail = 5 }).Any(
                static entry => entry.Text.Contains("1024+0 records out", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(120)));

        Assert.InRange(
            Directory.EnumerateFiles(container.Directory, "log*").Sum(static part => new FileInfo(part).Length), 1, 32_000_000);
        string peak = File.ReadLines($"/proc/{container.Run.MonitorPid}/status").First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        Assert.InRange(int.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1]), 1, 32_000);
        RemovesAll(container);
    }

    private static void MoveOut(CgroupHierarchy hierarchy, string member)
    {
        try
        {
            File.WriteAllText(hierarchy.MountPoint + "/cgroup.procs", member);
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    private static int MonitorOf(Container container)
    {
        byte[] id = Encoding.ASCII.GetBytes(container.Id);
        foreach (string thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            foreach (string child in ReadText(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (Encoding.ASCII.GetBytes(ReadText($"/proc/{child}/cmdline")).AsSpan().IndexOf(id) >= 0) return int.Parse(child);
            }
        }

        return 0;
    }

    // Threads and processes end between two looks.
    private static string ReadText(string path)
    {
        try
        {
            return Encoding.ASCII.GetString(SmallFile.TryRead(path) ?? []);
        }
        catch (LinuxException)
        {
            return "";
        }
    }

    private void RemovesAll(Container container)
    {
        _store.Containers.Remove(container.Refresh(), force: true);

        Assert.Empty(_store.Containers.List());
        LeavesNothing(container);
    }

    private void LeavesNothing(Container container)
    {
        Assert.False(Directory.Exists(container.Directory));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.ContainerNames));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.Staging));
        string cgroup = ContainerCgroup.PathOf(null, container.Id);
        Assert.All(CgroupHierarchy.OnThisHost(), hierarchy => Assert.False(Directory.Exists(hierarchy.MountPoint + cgroup)));
    }
}
