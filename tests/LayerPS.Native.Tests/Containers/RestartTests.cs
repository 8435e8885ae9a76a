using System.Diagnostics;
using LayerPS.Containers;
using LayerPS.Linux;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Restart policies, kept by the monitor and, where that is gone, by the next command.</summary>
public sealed class RestartTests : IDisposable
{
    private const string WaitForEnd = "until [ -e /end ]; do sleep 0.02; done";

    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData("No", "No")]
    [InlineData("no", "No")]
    [InlineData("on-failure", "OnFailure")]
    [InlineData("OnFailure:3", "OnFailure:3")]
    [InlineData("on-failure:0", "OnFailure")]
    [InlineData("always", "Always")]
    [InlineData("unless-stopped", "UnlessStopped")]
    public void APolicyIsWrittenInMoreThanOneWay(string text, string meant)
    {
        Assert.True(RestartPolicy.TryParse(text, out RestartPolicy? policy));
        Assert.Equal(meant, policy.ToString());
    }

    [Theory]
    [InlineData("sometimes")]
    [InlineData("2")]
    [InlineData("Always:3")]
    [InlineData("OnFailure:-1")]
    [InlineData("OnFailure:x")]
    [InlineData(":3")]
    public void WhatIsNoPolicyIsRefused(string text)
    {
        EngineException refused = Assert.Throws<EngineException>(() => Make("true", text));
        Assert.Equal("ContainerOptionInvalid", refused.Definition.Id);
        Assert.Contains($"'{text}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APolicyAndRemovalAtTheEndContradict()
    {
        ContainerOptions options = new() { Command = ["true"], RestartPolicy = "Always", AutoRemove = true };
        Assert.Equal(
            "ContainerOptionInvalid",
            Assert.Throws<EngineException>(() => _store.Containers.Create(_store.Base, options)).Definition.Id);
    }

    [Fact]
    public void AFailureIsTriedAgainAsOftenAsAllowed()
    {
        Container container = _store.Containers.Start(Make("echo x; exit 3", "OnFailure:2"));

        ContainerExit exit = _store.Containers.Wait(container);

        Container after = container.Refresh();
        Assert.Equal((ContainerState.Exited, 3, 2), (after.State, exit.ExitCode, after.RestartCount));
        Assert.Equal(["x", "x", "x"], _store.Containers.ReadLog(container).Select(static entry => entry.Text));
    }

    [Fact]
    public void AnEndWithoutFailureIsOne()
    {
        Container container = _store.Containers.Start(Make("exit 0", "OnFailure"));

        Assert.Equal(0, _store.Containers.Wait(container).ExitCode);
        Assert.Equal(0, container.Refresh().RestartCount);
    }

    [Fact]
    public void AStopEndsItAndTheNextStartBeginsAnew()
    {
        Container container = _store.Containers.Start(Make($"echo up; {WaitForEnd}; rm /end", "Always"));
        EndProcess(container);
        Container again = AwaitRestart(container, 1);
        Assert.NotEqual(container.Pid, again.Pid);

        Container stopped = _store.Containers.Stop(again, force: true);

        Assert.Equal((ContainerState.Exited, 137, 1), (stopped.State, stopped.ExitCode, stopped.RestartCount));
        Assert.Equal(ContainerState.Exited, stopped.Refresh().State);
        Container anew = _store.Containers.Start(stopped);
        Assert.Equal(0, anew.Refresh().RestartCount);
        EndProcess(anew);
        _ = AwaitRestart(anew, 1);
    }

    [Fact]
    public void OneThatWaitsForItsNextStartCanBeStoppedAndRemoved()
    {
        Container container = _store.Containers.Start(Make("exit 1", "Always"));
        Container waiting = Await(container, static c => c is { State: ContainerState.Restarting, RestartCount: > 3 });
        Assert.StartsWith("Restarting (1)", waiting.Status, StringComparison.Ordinal);
        Assert.Null(waiting.Pid);
        Assert.Equal("ContainerRunning", Assert.Throws<EngineException>(() => _store.Containers.Remove(waiting)).Definition.Id);

        Container stopped = _store.Containers.Stop(waiting);

        Assert.Equal((ContainerState.Exited, 1), (stopped.State, stopped.ExitCode));
        _store.Containers.Remove(stopped);
    }

    [Fact]
    public void OneThatCannotBeStartedAgainHasEnded()
    {
        Container container = _store.Containers.Create(
            _store.Base, new() { Command = ["sh", "-c", "rm -r /bin /usr; exit 1"], RestartPolicy = "Always" });

        ContainerExit exit = _store.Containers.Wait(_store.Containers.Start(container));

        Assert.Equal((127, ContainerExitReason.StartFailed), (exit.ExitCode, exit.ExitReason));
        Assert.Equal(ContainerState.Exited, container.Refresh().State);
    }

    [Theory]
    [InlineData("Always", true)]
    [InlineData("UnlessStopped", true)]
    [InlineData("OnFailure", true)]
    [InlineData("No", false)]
    public void WhenItsMonitorIsKilledTheNextCommandBringsItBack(string policy, bool back)
    {
        Container container = _store.Containers.Start(Make(WaitForEnd, policy));
        Kill(container.Run.MonitorPid);

        Container after = Await(container, c => c.Pid != container.Pid && c.State != ContainerState.Restarting);

        Assert.Equal(back ? ContainerState.Running : ContainerState.Exited, after.State);
        Assert.Equal(back ? 1 : 0, after.RestartCount);
        // Who adopts it may not be one who waits for it.
        Assert.Null(ProcessHandle.StartTimeOf(container.Pid!.Value));
        _store.Containers.Remove(after, force: true);
        Assert.Empty(_store.Containers.List());
    }

    [Theory]
    [InlineData("Always", ContainerState.Running)]
    [InlineData("UnlessStopped", ContainerState.Exited)]
    public void OfThoseThatWereStoppedOnlyAlwaysComesBackAfterARestartOfTheHost(string policy, ContainerState state)
    {
        Container container = _store.Containers.Start(Make(WaitForEnd, policy));
        _store.Containers.Stop(container, force: true);
        Assert.Equal(ContainerState.Exited, container.Refresh().State);

        StopRequest.Clear(container.Directory);
        File.CreateSymbolicLink(Path.Combine(container.Directory, ContainerFiles.StopRequest), "another boot");

        Assert.Equal(state, container.Refresh().State);
    }

    private Container Make(string script, string policy) => _store.Containers.Create(
        _store.Base, new ContainerOptions { Command = ["sh", "-c", script], RestartPolicy = policy });

    private static void EndProcess(Container container) => File.WriteAllText($"/proc/{container.Pid}/root/end", "");

    private static Container AwaitRestart(Container container, int count) =>
        Await(container, c => c.State == ContainerState.Running && c.RestartCount == count);

    private static Container Await(Container container, Func<Container, bool> condition)
    {
        long limit = Environment.TickCount64 + 30_000;
        while (true)
        {
            Container now = container.Refresh();
            if (condition(now)) return now;
            Assert.True(Environment.TickCount64 < limit, $"It is {now.Status}, restarted {now.RestartCount} times.");
            Thread.Sleep(10);
        }
    }

    private static void Kill(int pid)
    {
        using Process process = Process.GetProcessById(pid);
        process.Kill();
    }
}
