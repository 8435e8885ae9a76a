using LayerPS.Containers;
using LayerPS.Linux;
using Tmds.Linux;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>A person at a terminal: a command in a container, a container of one's own, and one that runs already.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly ContainerStore _store = new("stty", "grep");
    private readonly Person _person = new(31, 91);

    public void Dispose()
    {
        _person.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task AShellIsEnteredAndLeftByItsEnd()
    {
        string before = _person.Settings;
        Task<CommandResult> shell = Enter();
        _person.Type("echo $((40 + 2)); stty size\n");
        _person.AwaitText("42\r\n31 91\r\n");
        Assert.NotEqual(before, _person.Settings);
        _person.Type("exit 9\n");

        Assert.Equal(9, (await shell).ExitCode);
        Assert.Equal(before, _person.Settings);
    }

    [Fact]
    public async Task CtrlCIsForTheInside()
    {
        Task<CommandResult> shell = Enter();
        _person.Type("trap 'echo caught' INT; sleep 1000\n");
        _person.AwaitText("sleep 1000");
        AwaitProcess("sleep 1000", 2);
        _person.Type("\u0003");
        _person.AwaitText("caught");
        _person.Type("exit\n");

        Assert.Null((await shell).StartError);
    }

    [Fact]
    public async Task TheWindowKeepsItsSize()
    {
        Task<CommandResult> shell = Enter();
        _person.Type("echo ready-$((40 + 2)); until stty size | grep '44 55'; do sleep 0.01; done\n");
        _person.AwaitText("ready-42\r\n");
        _person.Resize(44, 55);
        // It goes to those whose terminal it is, of which this process is none.
        _ = LibC.kill(Environment.ProcessId, LibC.SIGWINCH);
        _person.AwaitText("44 55\r\n");
        _person.Type("exit 0\n");

        Assert.Equal(0, (await shell).ExitCode);
    }

    [Fact]
    public async Task TheDetachKeysEndTheCommandAndNotTheContainer()
    {
        string before = _person.Settings;
        Container container = Web();
        Task<CommandResult> shell = Enter(container, "a,b");
        _person.Type("sleep 4711\n");
        AwaitProcess("sleep 4711", 1);
        _person.Type("ab");

        Assert.Equal(0, (await shell).ExitCode);
        Assert.Equal(before, _person.Settings);
        Assert.Equal(ContainerState.Running, container.Refresh().State);
        AwaitProcess("sleep 4711", 0);
    }

    [Fact]
    public async Task TheTerminalIsAsBeforeWhenTheContainerDies()
    {
        string before = _person.Settings;
        Container container = Web();
        Task<CommandResult> shell = Enter(container);
        _person.Type("echo up-$((40 + 2))\n");
        _person.AwaitText("up-42\r\n");
        _store.Containers.Stop(container, force: true);

        Assert.Equal(137, (await shell).ExitCode);
        Assert.Equal(before, _person.Settings);
    }

    [Fact]
    public async Task TheTerminalIsAsBeforeWhenItIsCancelled()
    {
        string before = _person.Settings;
        using CancellationTokenSource stop = new();
        Task<CommandResult> shell = Enter(Web(), stop: stop.Token);
        _person.Type("echo up-$((40 + 2))\n");
        _person.AwaitText("up-42\r\n");
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => shell);
        Assert.Equal(before, _person.Settings);
    }

    [Fact]
    public async Task MuchIsShownWhileMuchIsTyped()
    {
        Task<CommandResult> shell = Enter(Web(), command: ["sh", "-c", "stty raw -echo; echo ready; dd bs=1 count=20000 2>/dev/null | cat; echo; echo done"]);
        _person.AwaitText("ready");
        Task typed = Task.Run(() =>
        {
            for (int i = 0; i < 100; i++) _person.Type(new string('y', 200));
        });
        _person.AwaitText(new string('y', 20000));
        _person.AwaitText("done");
        await typed;

        Assert.Equal(0, (await shell).ExitCode);
    }

    [Fact]
    public async Task AContainerOfOnesOwnIsLeftAndComeBackTo()
    {
        Container container = _store.Containers.Create(
            _store.Base, new() { Interactive = true, Tty = true, Command = ["sh"] });
        Task<ContainerExit?> run = Task.Run(() => new ContainerForeground(_store.Layout).RunInTerminal(
            container, _person.Terminal, DetachKeys.Parse(null), CancellationToken.None));
        _person.Type("stty size; x=17\n");
        _person.AwaitText("31 91\r\n");
        _person.Type("\u0010\u0011");
        Assert.Null(await run);
        Assert.Equal(ContainerState.Running, container.Refresh().State);

        Task<ContainerExit?> again = Connect(container, listens: true);
        _person.Type("exit $((x + 1))\n");
        Assert.Equal(18, (await again)?.ExitCode);
    }

    [Fact]
    public async Task WhoOnlyLooksSaysNothing()
    {
        Container container = _store.Containers.Start(_store.Containers.Create(
            _store.Base, new() { Interactive = true, Tty = true, Command = ["sh"] }));
        string before = _person.Settings;
        Task<ContainerExit?> look = Connect(container, listens: false);
        SpinWait.SpinUntil(() => _person.Settings != before, TimeSpan.FromSeconds(30));
        _person.Type("exit 1\n");
        _person.Type("\u0010\u0011");
        Assert.Null(await look);
        Assert.Equal(ContainerState.Running, container.Refresh().State);
        Assert.Equal(before, _person.Settings);
    }

    [Fact]
    public async Task ASessionThatLooksAwayDoesNotHoldUpTheContainerForEver()
    {
        Container container = _store.Containers.Create(
            _store.Base, new() { Tty = true, Command = ["sh", "-c", "seq 200000; echo done"] });
        (Container started, Attachment? attached) = Attachment.AtStart(container, socket => new ContainerStart(_store.Layout).Start(
            container, CancellationToken.None, new StartAttachment(socket, null)));
        using Attachment halted = attached!;

        ContainerExit exit = await Task.Run(() => _store.Containers.Wait(started));
        Assert.Equal(0, exit.ExitCode);
        Assert.Equal("done", _store.Containers.ReadLog(started).Last().Text);
    }

    [Fact]
    public void WithoutATerminalItIsSaid()
    {
        if (HostTerminal.TryOpen() is not null) return;
        EngineException failure = Assert.Throws<EngineException>(
            () => _store.Containers.ExecuteInTerminal(Web(), new() { Command = ["sh"] }));
        Assert.Equal(EngineErrors.HostTerminalMissing, failure.Definition);
    }

    private Container Web() => _store.Containers.Start(_store.Create("sleep", "1000"));

    private Task<CommandResult> Enter(
        Container? container = null, string? keys = null, string[]? command = null, CancellationToken stop = default)
    {
        container ??= Web();
        return Task.Run(() => new ContainerExecution(_store.Layout).RunInTerminal(
            container, new() { Command = command ?? ["sh"] }, _person.Terminal, DetachKeys.Parse(keys), stop));
    }

    private Task<ContainerExit?> Connect(Container container, bool listens) => Task.Run(
        () => new ContainerConnection(_store.Layout).Talk(
            container, _person.Terminal, DetachKeys.Parse(null), listens, CancellationToken.None));

    // Those of every container of the store.
    private void AwaitProcess(string command, int count) => Assert.True(SpinWait.SpinUntil(
        () => _store.Containers.List().Where(static container => container.Pid is not null)
            .SelectMany(_store.Containers.ListProcesses).Count(process => process.Command == command) == count,
        TimeSpan.FromSeconds(30)));
}
