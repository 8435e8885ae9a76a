using System.Text;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Further commands in a running container.</summary>
public sealed class ExecutionTests : IDisposable
{
    private readonly ContainerStore _store = new("wc", "head", "stty", "grep");
    private readonly Container _container;

    public ExecutionTests() => _container = _store.Containers.Start(_store.Create("sleep", "1000"));

    public void Dispose() => _store.Dispose();

    [Fact]
    public void TheResultHasWhatWasSaidAndHowItEnded()
    {
        CommandResult result = Run("echo one; printf two; echo careful >&2; exit 7");

        Assert.Equal(["one", "two"], result.Output);
        Assert.Equal(["careful"], result.Error);
        Assert.Equal(7, result.ExitCode);
        Assert.Null(result.StartError);
    }

    [Fact]
    public void LinesAreHandedOutWhileItRuns()
    {
        List<string> lines = [];
        Execute(new() { Command = ["sh", "-c", "echo first; read answer; echo $answer"] }, Answers(), lines);
        Assert.Equal(["first", "yes"], lines);

        IEnumerable<ReadOnlyMemory<byte>> Answers()
        {
            SpinWait.SpinUntil(() => lines.Count > 0);
            yield return "yes\n"u8.ToArray();
        }
    }

    [Fact]
    public void AnInputLargerThanAPipeIsReadWhole()
    {
        byte[] chunk = new byte[100_000];
        CommandResult result = _store.Containers.Execute(
            _container, new() { Command = ["wc", "-c"] }, Enumerable.Repeat((ReadOnlyMemory<byte>)chunk, 20));

        Assert.Equal(["2000000"], result.Output);
    }

    [Fact]
    public void ACommandThatReadsNoMoreEndsTheInput()
    {
        int asked = 0;
        CommandResult result = _store.Containers.Execute(_container, new() { Command = ["head", "-n", "1"] }, Endless());

        Assert.Equal(["y"], result.Output);
        Assert.InRange(asked, 1, int.MaxValue);

        IEnumerable<ReadOnlyMemory<byte>> Endless()
        {
            while (true)
            {
                asked++;
                yield return "y\n"u8.ToArray();
            }
        }
    }

    [Theory]
    [InlineData("nope", 127)]
    [InlineData("/etc", 126)]
    public void WhyItCouldNotBeStartedIsInTheResult(string command, int exitCode)
    {
        CommandResult result = _store.Containers.Execute(_container, new() { Command = [command] });

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(command, result.StartError, StringComparison.Ordinal);
    }

    [Fact]
    public void ASignalIsAddedTo128()
    {
        Assert.Equal(137, Run("kill -9 $$").ExitCode);
    }

    [Fact]
    public void CancellationEndsTheCommandAndItsGroup()
    {
        using CancellationTokenSource stop = new();
        CommandOptions options = new() { Command = ["sh", "-c", "trap '' TERM; echo up; while :; do sleep 4001; done"] };

        Assert.Throws<OperationCanceledException>(() => _store.Containers.Execute(
            _container, options, null, _ => stop.Cancel(), stop.Token));
        Assert.DoesNotContain(
            _store.Containers.ListProcesses(_container), static process => process.Command.Contains("4001", StringComparison.Ordinal));
        Assert.Equal(ContainerState.Running, _container.Refresh().State);
    }

    [Fact]
    public void ItEndsWithItsContainer()
    {
        List<string> lines = [];
        CommandResult result = _store.Containers.Execute(
            _container, new() { Command = ["sh", "-c", "echo up; sleep 1000"] }, null, entry =>
            {
                lines.Add(entry.Text);
                _store.Containers.Stop(_container, force: true);
            });

        Assert.Equal(["up"], lines);
        Assert.Equal(137, result.ExitCode);
    }

    [Fact]
    public void ATerminalIsOneOfTheContainers()
    {
        CommandResult result = Run("readlink /proc/self/fd/0; [ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo all; stat -c %u /dev/pts/0", "1000");

        Assert.Equal(["/dev/pts/0", "all", "1000"], result.Output);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void WhatIsSaidIsTypedIntoTheTerminal()
    {
        CommandResult result = _store.Containers.Execute(
            _container, new() { Command = ["sh"], Tty = true }, [Encoding.UTF8.GetBytes("stty -echo\n"), "echo $((40 + 2))\n"u8.ToArray()]);

        Assert.Contains("42", string.Join('\n', result.Output), StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public void ATerminalShowsAllThatWasWrittenLast()
    {
        CommandResult result = _store.Containers.Execute(_container, new() { Command = ["seq", "30000"], Tty = true });

        Assert.Equal(Enumerable.Range(1, 30000).Select(static i => $"{i}"), result.Output);
    }

    [Fact]
    public void ACommandWithATerminalHasItForItsOwn()
    {
        // The terminal of this session: its leader is the command.
        CommandResult result = Run("read -r all < /proc/self/stat; set -- $all; [ $6 = $$ ] && [ $7 != 0 ] && echo leads", "0");

        Assert.Equal(["leads"], result.Output);
    }

    private CommandResult Run(string script) => _store.Containers.Execute(_container, new() { Command = ["sh", "-c", script] });

    private CommandResult Run(string script, string user) =>
        _store.Containers.Execute(_container, new() { Command = ["sh", "-c", script], Tty = true, User = user });

    private void Execute(CommandOptions options, IEnumerable<ReadOnlyMemory<byte>> input, List<string> lines) =>
        _store.Containers.Execute(_container, options, input, entry => lines.Add(entry.Text));
}
