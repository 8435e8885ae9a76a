using LayerPS.Storage;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Signals, restarts and other names.</summary>
public sealed class SignalTests : IDisposable
{
    private const string Trapping = "trap 'echo hup >> /said' HUP; trap 'exit 5' TERM; echo x > /up; while :; do echo x > /up; done";

    private readonly ContainerStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void ASignalComesToTheFirstProcess()
    {
        Container container = Start();

        _store.Containers.Signal(container, "hup");
        Await(container, "said");
        _store.Containers.Signal(container, "15");

        Assert.Equal(5, _store.Containers.Wait(container).ExitCode);
        Assert.Equal("ContainerNotRunning", Failure(() => _store.Containers.Signal(container, "HUP")));
        EngineException wrong = Assert.Throws<EngineException>(() => _store.Containers.Signal(container, "SIGTREM"));
        Assert.Equal("ContainerOptionInvalid", wrong.Definition.Id);
        Assert.Contains("SIGTERM", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APausedOneGetsItWhenItGoesOnAndIsKilledAtOnce()
    {
        Container container = Start();
        _store.Containers.Suspend(container);

        Assert.Equal(ContainerState.Paused, _store.Containers.Signal(container, "SIGHUP").State);
        Assert.False(File.Exists(Path.Combine(container.UpperPath, "said")));
        _store.Containers.Resume(container);
        Await(container, "said");

        _store.Containers.Suspend(container);
        _store.Containers.Signal(container, "SIGKILL");
        Assert.Equal(137, _store.Containers.Wait(container).ExitCode);
    }

    [Fact]
    public void ARestartIsAnotherRunOnTheSameFiles()
    {
        Container container = Start();

        Container again = _store.Containers.Restart(container, timeout: 30);

        Assert.Equal(ContainerState.Running, again.State);
        Assert.NotEqual(container.Pid, again.Pid);
        Assert.False(Directory.Exists($"/proc/{container.Pid}"));
        Assert.True(File.Exists(Path.Combine(container.UpperPath, "up")));

        _store.Containers.Stop(again, force: true);
        Assert.Equal(ContainerState.Running, _store.Containers.Restart(again).State);

        ContainerOptions options = new() { Command = ["sleep", "100"], AutoRemove = true };
        Container removing = _store.Containers.Start(_store.Containers.Create(_store.Base, options));
        Assert.Equal("ContainerOptionInvalid", Failure(() => _store.Containers.Restart(removing)));
        Assert.Equal(ContainerState.Running, removing.Refresh().State);
    }

    [Fact]
    public void ARenamedOneIsFoundByItsNewNameAlone()
    {
        Container container = _store.Containers.Create(_store.Base, new ContainerOptions { Name = "old", Command = ["true"] });
        _store.Containers.Create(_store.Base, new ContainerOptions { Name = "taken", Command = ["true"] });

        Container renamed = _store.Containers.Rename(container, "new");

        Assert.Equal(("new", container.Id), (renamed.Name, renamed.Id));
        Assert.Equal(container.Id, _store.Containers.Resolve("new").Id);
        Assert.Equal("ContainerNotFound", Failure(() => _store.Containers.Resolve("old")));
        Assert.Equal("ContainerNameInUse", Failure(() => _store.Containers.Rename(renamed, "taken")));
        Assert.Equal("ContainerNameInvalid", Failure(() => _store.Containers.Rename(renamed, "a/b")));
        Assert.Equal("new", _store.Containers.Rename(renamed, "new").Name);
        Assert.Equal("old", _store.Containers.Create(_store.Base, new ContainerOptions { Name = "old", Command = ["true"] }).Name);
        _store.Containers.Remove(renamed);
        Assert.Equal(["old", "taken"], NamesIn(_store.Layout));
    }

    [Fact]
    public void ALinkThatAKilledRenamingLeftMeansNothing()
    {
        Container container = _store.Containers.Create(_store.Base, new ContainerOptions { Name = "one", Command = ["true"] });
        File.CreateSymbolicLink(_store.Layout.ContainerName("half"), container.Id);

        Assert.Equal("ContainerNotFound", Failure(() => _store.Containers.Resolve("half")));
        Container other = _store.Containers.Create(_store.Base, new ContainerOptions { Name = "half", Command = ["true"] });
        Assert.Equal(other.Id, _store.Containers.Resolve("half").Id);
    }

    private static string[] NamesIn(StoreLayout layout) =>
        [.. Directory.EnumerateFileSystemEntries(layout.ContainerNames).Select(static path => Path.GetFileName(path)).Order()];

    private static string Failure(Action action) => Assert.Throws<EngineException>(action).Definition.Id;

    private Container Start()
    {
        Container container = _store.StartScript(Trapping);
        Await(container, "up");
        return container;
    }

    private static void Await(Container container, string file) =>
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path.Combine(container.UpperPath, file)), TimeSpan.FromSeconds(30)));
}
