using System.Text.Json.Nodes;
using LayerPS.Cgroups;
using Xunit;

namespace LayerPS.Tests.Runtime;

/// <summary>What is done with a container that runs: <c>exec</c>, <c>pause</c>, <c>ps</c>, <c>update</c>, <c>events</c>.</summary>
public sealed class ExecutionTests : IDisposable
{
    private readonly OciRuntime _runtime = new();

    private Bundle Bundle => _runtime.Bundle;

    private string Id => _runtime.Id;

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public void ExecIsInsideAndEndsAsTheCommandDoes()
    {
        Start();
        OciResult result = _runtime.Try(
            "exec", "--cwd", "/dev", "--env", "WORD=said", Id, "sh", "-c", "hostname; pwd; echo $WORD >&2; readlink /proc/1/ns/pid /proc/self/ns/pid; exit 5");
        string space = File.ResolveLinkTarget($"/proc/{_runtime.Pid}/ns/pid", false)!.Name;
        Assert.Equal(new OciResult(5, $"inside\n/dev\n{space}\n{space}\n", "said\n"), result);
    }

    [Fact]
    public void ExecTakesAProcessFromAFile()
    {
        Start();
        File.WriteAllText(Bundle.PathOf("process.json"), """
            { "args": [ "sh", "-c", "id -u; id -g; exec sleep 1000" ], "cwd": "/", "env": [ "PATH=/usr/bin:/bin" ], "user": { "uid": 12, "gid": 34 } }
            """);
        _ = _runtime.Do("exec", "--detach", "--process", Bundle.PathOf("process.json"), "--pid-file", Bundle.PathOf("pid"), Id);
        int pid = int.Parse(File.ReadAllText(Bundle.PathOf("pid")), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains(pid, Processes());
        Assert.Contains("Uid:\t12\t12\t12\t12", File.ReadLines($"/proc/{pid}/status"));
        Assert.Contains("CapEff:\t0000000000000000", File.ReadLines($"/proc/{pid}/status"));
    }

    [Theory]
    [InlineData("nowhere", "executable file not found in $PATH")]
    [InlineData("/dev", "permission denied")]
    public void ExecToldByItsErrorIsNoExitCodeOfACommand(string command, string reason)
    {
        Start();
        OciResult result = _runtime.Try("exec", Id, command);
        Assert.Equal(255, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ExecIsForRunningContainersAlone()
    {
        _ = Bundle.Run("sleep", "1000");
        _runtime.Create();
        Assert.Equal(1, _runtime.Try("exec", Id, "true").ExitCode);
        _ = _runtime.Do("start", Id);
        _ = _runtime.Do("exec", Id, "true");
        _ = _runtime.Do("kill", Id, "KILL");
        _runtime.AwaitStatus("stopped");
        Assert.Contains("container not running", _runtime.Try("exec", Id, "true").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PauseHaltsAndResumeGoesOn()
    {
        Start();
        _ = _runtime.Do("pause", Id);
        Assert.Equal("paused", _runtime.Status);
        Assert.True(Freezer.Of(Path)!.IsFrozen);
        Assert.Equal(1, _runtime.Try("exec", Id, "true").ExitCode);
        Assert.Equal(1, _runtime.Try("pause", Id).ExitCode);
        _ = _runtime.Do("resume", Id);
        Assert.Equal("running", _runtime.Status);
        Assert.Equal(1, _runtime.Try("resume", Id).ExitCode);
        _ = _runtime.Do("exec", Id, "true");
    }

    [Fact]
    public void APausedContainerIsDeletedByForce()
    {
        Start();
        _ = _runtime.Do("pause", Id);
        _ = _runtime.Do("delete", "--force", Id);
        Assert.Empty(new ContainerCgroup(CgroupHierarchy.OnThisHost(), Path).Processes());
    }

    [Fact]
    public void ProcessesAreThoseOfTheHost()
    {
        Start();
        Assert.Equal([_runtime.Pid], Processes());
        string table = _runtime.Do("ps", Id);
        Assert.Contains($"{_runtime.Pid}", table, StringComparison.Ordinal);
        Assert.Contains("sleep 1000", table, StringComparison.Ordinal);
    }

    [Fact]
    public void UpdateChangesTheLimits()
    {
        Start();
        CgroupDirectory pids = new ContainerCgroup(CgroupHierarchy.OnThisHost(), Path).Require("pids", "pids");
        _ = _runtime.Do("update", "--pids-limit", "9", Id);
        Assert.Equal(9, pids.TryReadNumber("pids.max"));
        File.WriteAllText(Bundle.PathOf("resources.json"), """{ "pids": { "limit": 11 } }""");
        _ = _runtime.Do("update", "--resources", Bundle.PathOf("resources.json"), Id);
        Assert.Equal(11, pids.TryReadNumber("pids.max"));
        File.WriteAllText(Bundle.PathOf("resources.json"), """{ "rdma": { "mlx5_1": { "hcaHandles": 3 } } }""");
        OciResult refused = _runtime.Try("update", "--resources", Bundle.PathOf("resources.json"), Id);
        Assert.Contains("linux.resources.rdma", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void EventsTellWhatIsUsed()
    {
        Start();
        JsonNode line = JsonNode.Parse(_runtime.Do("events", "--stats", Id))!;
        Assert.Equal("stats", (string?)line["type"]);
        Assert.Equal(Id, (string?)line["id"]);
        Assert.Equal(1, (int)line["data"]!["pids"]!["current"]!);
    }

    private string Path => $"/layerps/{Id}";

    private int[] Processes() => [.. JsonNode.Parse(_runtime.Do("ps", "--format", "json", Id))!.AsArray().Select(static pid => (int)pid!)];

    private void Start()
    {
        _ = Bundle.Run("sleep", "1000");
        _runtime.Create();
        _ = _runtime.Do("start", Id);
    }
}
