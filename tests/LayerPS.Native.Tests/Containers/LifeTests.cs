using LayerPS.Storage;
using LayerPS.Containers;
using System.Diagnostics;
using LayerPS.Tests.Archives;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>From New to Remove.</summary>
public sealed class LifeTests : IDisposable
{
    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ACreatedContainerRunsNothing()
    {
        Container container = _store.Create("true");

        Assert.Equal((ContainerState.Created, null, null, null), (container.State, container.Pid, container.ExitCode, container.Started));
        Assert.True(File.Exists(container.MetadataPath));
        Assert.Contains(container.Parent, File.ReadAllText(container.MetadataPath), StringComparison.Ordinal);
        Assert.Equal(container.Id, _store.Containers.Resolve(container.Name).Id);
        Assert.Equal(container.Id, _store.Containers.Resolve(container.ShortId).Id);
    }

    [Fact]
    public void ARunningContainerHasAProcessUntilItIsStopped()
    {
        Container container = _store.StartScript("trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.05; done");
        Assert.Equal(ContainerState.Running, container.State);
        Assert.True(Directory.Exists($"/proc/{container.Pid}"));
        Assert.Equal(ContainerState.Running, container.Refresh().State);

        // A first process without a handler hears no signal.
        Assert.True(SpinWait.SpinUntil(() => _store.Containers.ReadLog(container).Any(), TimeSpan.FromSeconds(30)));

        Container stopped = _store.Containers.Stop(container);

        Assert.Equal((ContainerState.Exited, 5, 0, null), (stopped.State, stopped.ExitCode, stopped.Signal, stopped.Pid));
        Assert.False(Directory.Exists($"/proc/{container.Pid}"));
        Assert.Equal(["up", "bye"], _store.Containers.ReadLog(container).Select(static entry => entry.Text));
    }

    [Fact]
    public void OneThatIgnoresTheStopSignalIsKilledWhenTheTimeIsOver()
    {
        Container container = _store.StartScript("trap '' TERM; while :; do sleep 0.05; done");

        Container stopped = _store.Containers.Stop(container, timeout: 0.2);

        Assert.Equal((137, 9, ContainerExitReason.Signaled), (stopped.ExitCode, stopped.Signal, stopped.ExitReason));
    }

    [Theory]
    [InlineData("exit 0", 0, 0)]
    [InlineData("exit 7", 7, 0)]
    [InlineData("kill -9 $$; sleep 1; exit 3", 3, 0)]
    public void TheExitCodeIsRecordedWhenNobodyWaits(string script, int exitCode, int signal)
    {
        Container container = _store.StartScript(script);

        ContainerExit exit = _store.Containers.Wait(container);

        Assert.Equal((exitCode, signal), (exit.ExitCode, exit.Signal));
        Assert.Equal(exitCode, container.Refresh().ExitCode);
        Assert.NotNull(container.Refresh().Finished);
    }

    [Theory]
    [InlineData("no-such-command", 127, "'no-such-command' is not in the container")]
    [InlineData("/no/such/command", 127, "'/no/such/command' is not in the container")]
    [InlineData("/etc", 126, "is a directory")]
    [InlineData("/etc/passwd", 126, "is not executable")]
    public void ACommandThatCannotBeExecutedIsAnErrorAtStart(string command, int exitCode, string reason)
    {
        Container container = _store.Create(command);

        EngineException failure = Assert.Throws<EngineException>(() => _store.Containers.Start(container));

        Assert.Equal("ContainerStartFailed", failure.Definition.Id);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Container after = container.Refresh();
        Assert.Equal((ContainerState.Created, exitCode, ContainerExitReason.StartFailed), (after.State, after.ExitCode, after.ExitReason));
        Assert.Contains(reason, after.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void OutputComesWhileItRunsAndInOrder()
    {
        Container container = _store.CreateScript("echo one; echo two >&2; printf thr; printf 'ee\\n\\nfive'");
        List<(LogStream Stream, string Text)> lines = [];

        _store.Containers.Run(container, entry => lines.Add((entry.Stream, entry.Text)));

        Assert.Equal(["one", "three", "", "five"], lines.Where(static l => l.Stream == LogStream.StandardOutput).Select(static l => l.Text));
        Assert.Equal(["two"], lines.Where(static l => l.Stream == LogStream.StandardError).Select(static l => l.Text));
    }

    [Fact]
    public void ARunIsOverWhenItIsCancelled()
    {
        using CancellationTokenSource stop = new();
        Container container = _store.CreateScript("trap '' TERM; echo up; while :; do sleep 0.05; done");
        Stopwatch watch = new();

        Assert.ThrowsAny<OperationCanceledException>(() => _store.Containers.Run(
            container,
            _ =>
            {
                watch.Start();
                stop.Cancel();
            },
            stop.Token));

        Assert.Equal(ContainerState.Exited, container.Refresh().State);
    }

    [Fact]
    public void OneThatRunsIsNeitherStartedNorRemoved()
    {
        Container container = _store.StartScript("exec sleep 100");

        Assert.Equal("ContainerRunning", Assert.Throws<EngineException>(() => _store.Containers.Start(container)).Definition.Id);
        Assert.Equal("ContainerRunning", Assert.Throws<EngineException>(() => _store.Containers.Remove(container)).Definition.Id);
        Assert.Equal(ContainerState.Running, container.Refresh().State);
    }

    [Fact]
    public void RemovingTakesAllOfItAndNothingOfTheImage()
    {
        Container container = _store.Create("touch", "/file");
        _store.Containers.Run(container, static _ => { });

        _store.Containers.Remove(container);

        Assert.False(Directory.Exists(Path.GetDirectoryName(container.UpperPath)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.ContainerNames));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.Staging));
        Assert.Equal("ContainerNotFound", Assert.Throws<EngineException>(() => container.Refresh()).Definition.Id);
        Assert.Equal(0, _store.Containers.Run(_store.Create("true"), static _ => { }).ExitCode);
    }

    [Fact]
    public void ARunningOneIsKilledAndRemovedByForce()
    {
        Container container = _store.StartScript("trap '' TERM; while :; do sleep 0.05; done");

        _store.Containers.Remove(container, force: true);

        Assert.False(Directory.Exists($"/proc/{container.Pid}"));
        Assert.Empty(_store.Containers.List());
    }

    [Fact]
    public void OneThatRemovesItselfIsGoneWhenItsRunIsOver()
    {
        ContainerOptions options = new() { Command = ["sh", "-c", "echo said; exit 4"], AutoRemove = true };
        Container container = _store.Containers.Create(_store.Base, options);
        List<string> lines = [];

        ContainerExit exit = _store.Containers.Run(container, entry => lines.Add(entry.Text));

        Assert.Equal((4, "said"), (exit.ExitCode, Assert.Single(lines)));
        Assert.Empty(_store.Containers.List());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.Layout.Staging));
    }

    [Fact]
    public async Task OneThatRemovesItselfStillTellsThoseWhoWait()
    {
        ContainerOptions options = new() { Command = ["sh", "-c", "while [ ! -e /end ]; do sleep 0.05; done; exit 6"], AutoRemove = true };
        Container container = _store.Containers.Start(_store.Containers.Create(_store.Base, options));
        Task<ContainerExit> waiting = Task.Run(() => _store.Containers.Wait(container));
        string readers = Path.Combine(container.Directory, ContainerFiles.ReadersLock);
        Assert.True(SpinWait.SpinUntil(() => FileLock.IsHeld(readers), TimeSpan.FromSeconds(30)));
        Assert.False(waiting.IsCompleted);

        await File.WriteAllTextAsync($"/proc/{container.Pid}/root/end", "");

        Assert.Equal(6, (await waiting).ExitCode);
        // It still takes its files away.
        ContainerStop.AwaitMonitor(container.Run, CancellationToken.None);
        Assert.False(Directory.Exists(container.Directory));
    }

    [Fact]
    public void AnExitedContainerStartsAgainOnTheSameFiles()
    {
        Container container = _store.CreateScript("echo x >> /count; cat /count");
        _store.Containers.Run(container, static _ => { });
        List<string> second = [];

        _store.Containers.Run(container.Refresh(), entry => second.Add(entry.Text));

        Assert.Equal(["x", "x"], second);
        Assert.Equal(["x", "x", "x"], _store.Containers.ReadLog(container).Select(static entry => entry.Text));
    }

    [Fact]
    public void NamesAreCheckedAndGivenOnce()
    {
        ContainerOptions options = new() { Name = "web-1", Command = ["true"] };
        Container container = _store.Containers.Create(_store.Base, options);

        Assert.Equal("ContainerNameInUse", Assert.Throws<EngineException>(() => _store.Containers.Create(_store.Base, options)).Definition.Id);
        foreach (string bad in (string[])["", "-a", "a b", "a/b", "../a", "ä", new string('a', 200)])
        {
            EngineException refused = Assert.Throws<EngineException>(
                () => _store.Containers.Create(_store.Base, options with { Name = bad }));
            Assert.Equal("ContainerNameInvalid", refused.Definition.Id);
        }

        Assert.Equal([container.Id], _store.Containers.List().Select(static c => c.Id));
        Assert.Contains("'web-1'", Assert.Throws<EngineException>(() => _store.Containers.Resolve("wbe-1")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ArgumentsAreHandedOverAsTheyAre()
    {
        string[] hostile = ["", " ", "a b", "'\"", "$(id)", "new\nline", "`x`", "*", "ä€😀", "\\", "--", "-x"];
        Container container = _store.Create(["sh", "-c", "for a; do printf '<%s>' \"$a\"; done", "sh", .. hostile]);
        List<string> lines = [];

        _store.Containers.Run(container, entry => lines.Add(entry.Text));

        Assert.Equal(string.Concat(hostile.Select(static a => $"<{a}>")), string.Join('\n', lines));
    }
}
