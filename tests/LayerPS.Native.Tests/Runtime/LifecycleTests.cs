using System.Text.Json.Nodes;
using LayerPS.Cgroups;
using LayerPS.Linux;
using Xunit;

namespace LayerPS.Tests.Runtime;

/// <summary>The life of a container by single commands (runtime-spec, runtime.md), seen from the host.</summary>
public sealed class LifecycleTests : IDisposable
{
    private readonly OciRuntime _runtime = new();

    private Bundle Bundle => _runtime.Bundle;

    private string Id => _runtime.Id;

    private string Written => Path.Combine(Bundle.RootFileSystem, "written");

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public void CreateRunsNothingBeforeStart()
    {
        Bundle.Script("hostname > /written; exec sleep 1000");
        _runtime.Create("--pid-file", Bundle.PathOf("pid"));
        JsonNode created = _runtime.State();
        int pid = (int)created["pid"]!;

        Assert.Equal("created", (string?)created["status"]);
        Assert.Equal(Id, (string?)created["id"]);
        Assert.Equal(Bundle.Path, (string?)created["bundle"]);
        Assert.Equal($"{pid}", File.ReadAllText(Bundle.PathOf("pid")));
        Assert.True(Directory.Exists($"/proc/{pid}"));
        Assert.False(File.Exists(Written));

        _ = _runtime.Do("start", Id);
        AwaitWritten("inside\n");
        Assert.Equal("running", _runtime.Status);
        Assert.Equal(pid, _runtime.Pid);
        Assert.Equal("sleep\01000\0", File.ReadAllText($"/proc/{pid}/cmdline"));

        _ = _runtime.Do("kill", Id, "KILL");
        _runtime.AwaitStatus("stopped");
        Assert.Equal(0, _runtime.Pid);
        _ = _runtime.Do("delete", Id);
        Assert.Empty(Directory.GetDirectories(Bundle.Root));
        Assert.Empty(Cgroup().Processes());
    }

    // runtime.md, "Start": it generates an error where the container is not created.
    [Fact]
    public void StartIsForCreatedContainersAlone()
    {
        _ = Bundle.Run("sleep", "1000");
        _runtime.Create();
        _ = _runtime.Do("start", Id);
        Refused("Cannot start", "start", Id);
        _ = _runtime.Do("kill", Id, "9");
        _runtime.AwaitStatus("stopped");
        Refused("container not running", "start", Id);
    }

    // runtime.md, "Kill": a signal to a container that neither is created nor runs has no effect and is an error.
    [Theory]
    [InlineData("TERM")]
    [InlineData("SIGTERM")]
    [InlineData("15")]
    public void KillTakesNamesAndNumbers(string signal)
    {
        _ = Bundle.Script("trap 'echo caught > /written; exit 0' TERM; echo ready > /written; while :; do sleep 0.01; done");
        _runtime.Create();
        _ = _runtime.Do("start", Id);
        AwaitWritten("ready\n");
        _ = _runtime.Do("kill", Id, signal);
        _runtime.AwaitStatus("stopped");
        Assert.Equal("caught\n", File.ReadAllText(Written));
        Refused("container not running", "kill", Id, signal);
    }

    [Fact]
    public void KillAllReachesEveryProcess()
    {
        _ = Bundle.Script("trap : USR1; sleep 1000 & echo ready > /written; wait; wait; sleep 2000");
        _runtime.Create();
        _ = _runtime.Do("start", Id);
        AwaitWritten("ready\n");
        _ = _runtime.Do("kill", "--all", Id, "KILL");
        _runtime.AwaitStatus("stopped");
        Assert.Empty(Cgroup().Processes());
    }

    // runtime.md, "Delete": it generates an error where the container is not stopped.
    [Fact]
    public void DeleteIsForStoppedContainersUnlessItIsForced()
    {
        _ = Bundle.Script("sleep 1000 & sleep 2000");
        _runtime.Create();
        int pid = _runtime.Pid;
        Refused("Cannot delete", "delete", Id);
        _ = _runtime.Do("start", Id);
        Refused("Cannot delete", "delete", Id);
        Assert.Equal("running", _runtime.Status);

        _ = _runtime.Do("delete", "--force", Id);
        // Whoever waits for it may not have done so yet.
        Assert.Null(ProcessHandle.StartTimeOf(pid));
        Assert.Empty(Cgroup().Processes());
        Refused("does not exist", "state", Id);
        // Engines call it for what may be gone.
        _ = _runtime.Do("delete", "--force", Id);
        Refused("does not exist", "delete", Id);
    }

    // runtime.md, "State": the id is unique on this host.
    [Fact]
    public void AnIdIsThereOnce()
    {
        _ = Bundle.Run("sleep", "1000");
        _runtime.Create();
        int pid = _runtime.Pid;
        Refused("already exists", "create", Id);
        Assert.Equal(pid, _runtime.Pid);
        Refused("invalid container ID", "create", "../outside");
        Refused("invalid container ID", "state", "");
    }

    [Fact]
    public void WhatAKilledCreatorLeavesIsDeleted()
    {
        _ = Directory.CreateDirectory(Path.Combine(Bundle.Root, Id));
        Assert.Equal("stopped", _runtime.Status);
        _ = _runtime.Do("delete", "--force", Id);
        Assert.Empty(Directory.GetDirectories(Bundle.Root));
    }

    [Fact]
    public void ListTellsOfAll()
    {
        Assert.Equal("[]", _runtime.Do("list", "--format", "json").Trim());
        _ = Bundle.Run("sleep", "1000");
        _runtime.Create();
        JsonNode only = Assert.Single(JsonNode.Parse(_runtime.Do("list", "--format", "json"))!.AsArray())!;
        Assert.Equal(Id, (string?)only["id"]);
        Assert.Equal("created", (string?)only["status"]);
        Assert.Equal("root", (string?)only["owner"]);
        Assert.Equal(Id, _runtime.Do("list", "--quiet").Trim());
        Assert.Contains(Id, _runtime.Do("list"), StringComparison.Ordinal);
    }

    private ContainerCgroup Cgroup() => new(CgroupHierarchy.OnThisHost(), $"/layerps/{Id}");

    private void Refused(string reason, params string[] words)
    {
        OciResult result = _runtime.Try(words);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    private void AwaitWritten(string text)
    {
        for (int i = 0; i < 12000 && (!File.Exists(Written) || File.ReadAllText(Written) != text); i++) Thread.Sleep(5);
        Assert.Equal(text, File.ReadAllText(Written));
    }
}
