using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Health commands: what is taken from the image, how the monitor runs them, and what it makes of them.</summary>
public sealed class HealthTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ItIsStartingAndThenHealthy()
    {
        Container container = Start("until [ -e /well ]; do sleep 0.02; done; exec sleep 100", "[ -e /well ]", retries: 1000);
        Assert.Equal(ContainerHealth.Starting, container.Health);
        Assert.Contains("(health: starting)", container.Refresh().Status, StringComparison.Ordinal);

        container = Await(container, static now => now.HealthFailures > 1);
        Assert.Equal((ContainerHealth.Starting, 1), (container.Health, container.HealthLog[^1].ExitCode));
        Touch(container, "/well");
        container = Await(container, static now => now.Health == ContainerHealth.Healthy);

        Assert.Equal((0, 0), (container.HealthFailures, container.HealthLog[^1].ExitCode));
        Assert.EndsWith(" (healthy)", container.Status, StringComparison.Ordinal);
        Assert.Equal(["Healthy"], HealthEvents(container));
    }

    [Fact]
    public void ItIsUnhealthyAfterAsManyFailuresAsItTakesAndWellAgain()
    {
        Container container = Start("sleep 100", "[ -e /well ] || { echo out; echo err >&2; exit 3; }", retries: 3);

        container = Await(container, static now => now.Health == ContainerHealth.Unhealthy);
        Assert.InRange(container.HealthFailures, 3, int.MaxValue);
        Assert.Equal((3, "out\nerr\n"), (container.HealthLog[^1].ExitCode, container.HealthLog[^1].Output));
        container = Await(container, static now => now.HealthLog.Count == 5 && now.HealthFailures > 5);
        Assert.EndsWith(" (unhealthy)", container.Status, StringComparison.Ordinal);
        Touch(container, "/well");
        container = Await(container, static now => now.Health == ContainerHealth.Healthy);

        Assert.Equal(["Unhealthy", "Healthy"], HealthEvents(container));
        _store.Containers.Stop(container, timeout: 0);
        container = container.Refresh();
        Assert.Equal((ContainerHealth.None, 0), (container.Health, container.HealthLog[^1].ExitCode));
        Assert.DoesNotContain("health", container.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void FailuresInTheStartPeriodDoNotCount()
    {
        ImageHealthcheck check = Check("exit 1", retries: 1) with
        {
            StartPeriod = TimeSpan.FromDays(1), StartInterval = Soon, Interval = TimeSpan.FromDays(1),
        };
        Container container = Start("sleep 100", check);
        container = Await(container, static now => now.HealthLog.Count == 5);
        Assert.Equal((ContainerHealth.Starting, 0), (container.Health, container.HealthFailures));
    }

    [Fact]
    public void ItRunsInsideAsTheContainerDoes()
    {
        const string Look = "echo $$ $LIKE $(id -u) $(hostname)";
        ContainerOptions options = new()
        {
            Command = ["sleep", "100"], Environment = ["LIKE=this"], User = "7", Hostname = "inside", Tty = true,
            HealthCheck = Check(Look, retries: 1),
        };
        Container container = _store.Containers.Start(_store.Containers.Create(_store.Base, options));
        container = Await(container, static now => now.HealthLog.Count > 0);

        HealthCheckResult result = container.HealthLog[0];
        string[] words = result.Output.Split(' ');
        Assert.Equal(["this", "7", "inside\n"], words[1..]);
        Assert.InRange(int.Parse(words[0]), 2, 1000);
        Assert.InRange(result.Started, container.Started!.Value, DateTimeOffset.UtcNow);
        Assert.Empty(_store.Containers.ReadLog(container));
    }

    [Fact]
    public void OneThatTakesTooLongIsEnded()
    {
        ImageHealthcheck check = Check("sleep 1000; true", retries: 1) with { Timeout = Soon };
        Container container = Await(Start("sleep 99", check), static now => now.Health == ContainerHealth.Unhealthy);

        Assert.Null(container.HealthLog[0].ExitCode);
        Assert.Contains("0.05 seconds", container.HealthLog[0].Output, StringComparison.Ordinal);
        container = Await(container, static now => now.HealthFailures > 3);
        // The one that is going on at this moment, a shell and its child.
        Assert.True(SpinWait.SpinUntil(() => _store.Containers.ListProcesses(container).Count() <= 3, Patience));
    }

    [Fact]
    public void OneThatWritesWithoutEndIsKeptShort()
    {
        Container container = Await(
            Start("sleep 100", "seq 100000; exit 5", retries: 1), static now => now.HealthLog.Count > 0);
        Assert.Equal((5, 4096), (container.HealthLog[0].ExitCode, container.HealthLog[0].Output.Length));
        Assert.StartsWith("1\n2\n", container.HealthLog[0].Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatCannotBeStartedFails()
    {
        ImageHealthcheck check = Check("", retries: 1) with { Test = ["CMD", "no-such"] };
        Container container = Await(Start("sleep 100", check), static now => now.Health == ContainerHealth.Unhealthy);
        Assert.Equal(127, container.HealthLog[0].ExitCode);
        Assert.Contains("no-such", container.HealthLog[0].Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsCheckedWhileItIsPaused()
    {
        Container container = Start("sleep 100", "true", retries: 1);
        _ = Await(container, static now => now.HealthLog.Count > 0);
        _store.Containers.Suspend(container);
        // A check that had begun is halted with the container and goes on afterwards.
        DateTimeOffset paused = DateTimeOffset.UtcNow;
        Assert.False(SpinWait.SpinUntil(
            () => container.Refresh().HealthLog[^1].Started > paused, TimeSpan.FromSeconds(0.5)));
        Assert.Equal(ContainerHealth.Healthy, container.Refresh().Health);
        _store.Containers.Resume(container);
        container = Await(container, now => now.HealthLog[^1].Started > paused);
        Assert.Equal(ContainerHealth.Healthy, container.Health);
    }

    [Fact]
    public void AContainerEndsWhileItIsChecked()
    {
        Container container = Start("until [ -e /end ]; do sleep 0.02; done", "touch /end; sleep 1000", retries: 1);
        _store.Containers.Wait(container);
        container = container.Refresh();
        Assert.Equal((ContainerState.Exited, ContainerHealth.None), (container.State, container.Health));
        Assert.Empty(container.HealthLog);
    }

    [Fact]
    public void ANewRunHasNothingOfTheOldOne()
    {
        HealthRecord old = new() { Status = ContainerHealth.Healthy, Results = [new() { Started = default, Duration = default }] };
        Container container = _store.Containers.Create(_store.Base, new ContainerOptions
        {
            Command = ["sleep", "100"], HealthCheck = Check("true", retries: 1) with { Interval = TimeSpan.FromDays(1) },
        });
        File.WriteAllBytes(Path.Combine(container.Directory, ContainerFiles.Health), old.ToJson());
        container = _store.Containers.Start(container);
        Assert.Equal(ContainerHealth.Starting, container.Health);
        Assert.Empty(container.HealthLog);
    }

    [Fact]
    public void ItIsWaitedFor()
    {
        Container container = Start("sleep 100", "[ -e /well ]", retries: 1);
        ContainerWaitCondition healthy = ContainerWaitCondition.Healthy;
        Assert.Equal(
            "ContainerWaitTimeout",
            Assert.Throws<EngineException>(() => _store.Containers.Wait(container, healthy, timeout: 0.1)).Definition.Id);
        Touch(container, "/well");
        Assert.Null(_store.Containers.Wait(container, healthy).ExitCode);
        _store.Containers.Stop(container, timeout: 0);
        Assert.Equal(
            "ContainerNotRunning",
            Assert.Throws<EngineException>(() => _store.Containers.Wait(container, healthy)).Definition.Id);
        Container without = _store.StartScript("sleep 100");
        Assert.Equal(
            "ContainerOptionInvalid",
            Assert.Throws<EngineException>(() => _store.Containers.Wait(without, healthy)).Definition.Id);
    }

    [Fact]
    public void AKilledSupervisorIsAFailureAndNothingElse()
    {
        Container container = Start("sleep 100", "[ -e /well ] || { [ -e /checking ] && exit 1; touch /checking; exec sleep 100; }", retries: 1);
        string inside = $"/proc/{container.Pid}/root";
        Assert.True(SpinWait.SpinUntil(() => File.Exists(inside + "/checking"), Patience));
        int supervisor = int.Parse(
            File.ReadAllText($"/proc/{container.Run.MonitorPid}/task/{container.Run.MonitorPid}/children").Trim().Split(' ')[^1]);
        using (ProcessHandle handle = ProcessHandle.TryOpen(supervisor, ProcessHandle.StartTimeOf(supervisor)!.Value)!)
            handle.Signal(LibC.SIGKILL);

        container = Await(container, static now => now.Health == ContainerHealth.Unhealthy);
        Assert.Equal((null, true), (container.HealthLog[0].ExitCode, container.HealthLog[0].Output.Contains("killed", StringComparison.Ordinal)));
        Touch(container, "/well");
        _ = Await(container, static now => now.Health == ContainerHealth.Healthy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"status\":\"Heal")]
    [InlineData("[]")]
    [InlineData("{\"status\":\"17\",\"failures\":\"x\"}")]
    [InlineData("{\"failures\":1,\"results\":[{\"started\":\"yesterday\"}]}")]
    public void ADamagedRecordSaysNothing(string json)
    {
        Container container = _store.Create("true");
        File.WriteAllText(Path.Combine(container.Directory, ContainerFiles.Health), json);
        HealthRecord record = HealthRecord.Read(container.Directory);
        Assert.Equal((ContainerHealth.Starting, 0, 0), (record.Status, record.Failures, record.Results.Count));
    }

    private static ImageHealthcheck Check(string line, int retries) => new()
    {
        Test = ["CMD-SHELL", line], Interval = Soon, Timeout = Patience, Retries = retries,
    };

    private Container Start(string script, string line, int retries) => Start(script, Check(line, retries));

    private Container Start(string script, ImageHealthcheck check) => _store.Containers.Start(_store.Containers.Create(
        _store.Base, new ContainerOptions { Command = ["sh", "-c", script], HealthCheck = check }));

    private static Container Await(Container container, Func<Container, bool> condition)
    {
        Assert.True(SpinWait.SpinUntil(() => condition(container = container.Refresh()), Patience));
        return container;
    }

    private static void Touch(Container container, string path) => File.WriteAllText($"/proc/{container.Pid}/root{path}", "");

    private string[] HealthEvents(Container container) =>
    [
        .. _store.Engine.ReadEvents(new ContainerEventOptions { Containers = [container.Id] })
            .Where(static happened => happened.Kind == ContainerEventKind.HealthStatus).Select(static happened => happened.Detail!),
    ];
}
