using LayerPS.Cgroups;
using LayerPS.Containers;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Containers that the kernel's freezer halts.</summary>
public sealed class SuspensionTests : IDisposable
{
    // Writes without end, and minds no signal that one can mind.
    private const string Counting = "trap '' TERM TSTP INT HUP; i=0; while :; do i=$((i+1)); echo $i > /count; done";

    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void OneThatIsPausedDoesNothingUntilItGoesOn()
    {
        Container container = _store.StartScript(Counting);
        Container other = _store.StartScript(Counting);
        AwaitProgress(container);

        Container paused = _store.Containers.Suspend(container);

        Assert.Equal(ContainerState.Paused, paused.State);
        Assert.Equal(container.Pid, paused.Pid);
        Assert.EndsWith("(Paused)", paused.Status, StringComparison.Ordinal);
        string count = CountOf(container);
        // Time for it to go on, as the same goes on beside it.
        for (int i = 0; i < 10; i++) AwaitProgress(other);
        Assert.Equal(count, CountOf(container));
        Assert.Equal(ContainerState.Paused, _store.Containers.Suspend(paused).State);
        Assert.Equal(ContainerState.Paused, _store.Containers.Resolve(container.Id).State);
        Assert.Equal(ContainerState.Running, _store.Containers.Resolve(other.Id).State);

        Assert.Equal(ContainerState.Running, _store.Containers.Resume(paused).State);
        AwaitProgress(container);
        Assert.Equal(ContainerState.Running, _store.Containers.Resume(container).State);
    }

    [Fact]
    public void OneThatStartsProcessesWithoutEndIsPausedEachTime()
    {
        // The shell sleeps in vfork(2), where the freezer's first try does not reach it.
        Container container = _store.StartScript("while :; do sleep 0; done");

        for (int i = 0; i < 300; i++)
        {
            Assert.Equal(ContainerState.Paused, _store.Containers.Suspend(container).State);
            Assert.Equal(ContainerState.Running, _store.Containers.Resume(container).State);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APausedOneIsStoppedAndKilledAsAnyOther(bool force)
    {
        Container container = _store.StartScript("trap 'exit 5' TERM; while :; do echo x >> /count; done");
        AwaitProgress(container);
        _store.Containers.Suspend(container);

        Container stopped = _store.Containers.Stop(container, timeout: 30, force);

        Assert.Equal((ContainerState.Exited, force ? 137 : 5), (stopped.State, stopped.ExitCode));
    }

    [Fact]
    public void APausedOneIsNeitherStartedNorRemovedWithoutForce()
    {
        Container container = _store.StartScript("sleep 100");
        _store.Containers.Suspend(container);

        Assert.Equal("ContainerRunning", Assert.Throws<EngineException>(() => _store.Containers.Start(container)).Definition.Id);
        EngineException refused = Assert.Throws<EngineException>(() => _store.Containers.Remove(container));
        Assert.Equal("ContainerRunning", refused.Definition.Id);
        Assert.Contains("paused", refused.Message, StringComparison.Ordinal);

        _store.Containers.Remove(container, force: true);
        Assert.Empty(_store.Containers.List());
    }

    [Fact]
    public void OnlyWhatRunsIsPaused()
    {
        Container container = _store.Create("true");

        foreach (Action action in (Action[])[() => _store.Containers.Suspend(container), () => _store.Containers.Resume(container)])
            Assert.Equal("ContainerNotRunning", Assert.Throws<EngineException>(action).Definition.Id);
    }

    [Fact]
    public void AKilledSessionsPauseEndsWhenSomebodyLooks()
    {
        Container container = _store.StartScript(Counting);
        using (ContainerTransition transition = ContainerTransition.Begin(_store.Layout, container, default))
        {
            Assert.NotNull(TemporaryPause.Begin(transition, default));
            Assert.Equal(ContainerState.Paused, container.Refresh().State);
        }

        // The lock is gone, and nobody has ended the pause.
        Assert.Equal(ContainerState.Running, container.Refresh().State);
        AwaitProgress(container);
        Assert.Equal(ContainerState.Paused, _store.Containers.Suspend(container).State);
        Assert.Equal(ContainerState.Paused, container.Refresh().State);
    }

    [Fact]
    public void TheFirstVersionsFreezerGoesBeforeTheSecond()
    {
        CgroupHierarchy first = new("/a", 1, ["freezer"]), other = new("/b", 1, ["memory"]), second = new("/c", 2, []);

        Assert.Equal(first, Freezer.Choose([second, other, first]));
        Assert.Equal(second, Freezer.Choose([other, second]));
        Assert.Null(Freezer.Choose([other]));
    }

    private static string CountOf(Container container) => File.ReadAllText(Path.Combine(container.UpperPath, "count"));

    private static void AwaitProgress(Container container)
    {
        string file = Path.Combine(container.UpperPath, "count");
        bool Goes(string before) => SpinWait.SpinUntil(() => File.Exists(file) && CountOf(container) != before, TimeSpan.FromSeconds(30));
        Assert.True(Goes(""));
        Assert.True(Goes(CountOf(container)));
    }
}
