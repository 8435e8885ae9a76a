using System.Text;
using LayerPS.Containers;
using LayerPS.Linux;
using Xunit;

namespace LayerPS.Tests.Containers;

/// <summary>Containers with an open input and with a terminal: what they read, and the sessions that attach to them.</summary>
public sealed class InputTests : IDisposable
{
    private readonly ContainerStore _store = new("stty");

    public void Dispose() => _store.Dispose();

    [Fact]
    public void AnOpenInputStaysOpenUntilSomebodyEndsIt()
    {
        Container container = Start(new() { Interactive = true, Command = ["cat"] });
        using (Attachment first = Attachment.Connect(container)) Say(first, "one\n");
        using (Attachment second = Attachment.Connect(container))
        {
            Say(second, "two\n");
            second.EndInput();
        }

        Assert.Equal(0, _store.Containers.Wait(container).ExitCode);
        Assert.Equal(["one", "two"], _store.Containers.ReadLog(container).Select(static entry => entry.Text));
    }

    [Fact]
    public void OnlyItsOwnerCanConnectToTheSocket()
    {
        Container container = Start(new() { Tty = true, Command = ["sleep", "100"] });

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(container.Directory, ContainerFiles.AttachSocket)));
    }

    [Fact]
    public void WhoAttachesSeesWhatTheTerminalShowsAndSetsItsSize()
    {
        Container container = Start(new() { Tty = true, Interactive = true, Command = ["sh"] });
        using Attachment attachment = Attachment.Connect(container);
        int terminal = attachment.TakeInput();
        Terminals.SetSize(terminal, new TerminalSize(33, 77));
        Descriptors.WriteAll(terminal, "stty size; exit 5\n"u8);
        Descriptors.Close(terminal);

        Assert.Contains("33 77\r\n", ReadToEnd(attachment), StringComparison.Ordinal);
        Assert.Equal(5, _store.Containers.Wait(container).ExitCode);
    }

    [Fact]
    public void TheTerminalHasItsSizeFromTheStart()
    {
        Container container = _store.Containers.Create(_store.Base, new() { Tty = true, Command = ["stty", "size"] });
        (_, Attachment? attached) = Attachment.AtStart(container, socket => new ContainerStart(_store.Layout).Start(
            container, CancellationToken.None, new StartAttachment(socket, new TerminalSize(12, 34))));
        using Attachment attachment = attached!;

        Assert.Equal("12 34\r\n", ReadToEnd(attachment));
        Assert.Empty(Directory.EnumerateFiles(container.Directory, ContainerFiles.AttachSocket + "-*"));
    }

    [Fact]
    public void WhatIsWrittenBeforeAnybodyReadsIsThereForWhoStartedIt()
    {
        Container container = _store.Containers.Create(
            _store.Base, new() { Tty = true, Command = ["seq", "50000"] });
        (_, Attachment? attached) = Attachment.AtStart(container, socket => new ContainerStart(_store.Layout).Start(
            container, CancellationToken.None, new StartAttachment(socket, null)));
        using Attachment attachment = attached!;

        string[] lines = ReadToEnd(attachment).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(50000, lines.Length);
        Assert.Equal("50000", lines[^1]);
    }

    [Fact]
    public void ATerminalHangsUpAndTheLogIsWholeWhenNobodyIsAttached()
    {
        Container container = _store.Containers.Create(_store.Base, new() { Tty = true, Command = ["seq", "20000"] });
        List<string> lines = [];
        ContainerExit exit = _store.Containers.Run(container, entry => lines.Add(entry.Text));

        Assert.Equal(0, exit.ExitCode);
        Assert.Equal(Enumerable.Range(1, 20000).Select(static i => $"{i}"), lines);
    }

    [Fact]
    public void ASessionThatGoesTakesNothingWithIt()
    {
        Container container = Start(new() { Tty = true, Interactive = true, Command = ["sh"] });
        Attachment.Connect(container).Dispose();
        using Attachment attachment = Attachment.Connect(container);
        Say(attachment, "echo $((40 + 2))\nexit\n");

        Assert.Contains("42", ReadToEnd(attachment), StringComparison.Ordinal);
    }

    [Fact]
    public void OneThatHasEndedTakesNobody()
    {
        Container container = Start(new() { Interactive = true, Command = ["true"] });
        _store.Containers.Wait(container);

        EngineException failure = Assert.Throws<EngineException>(() => Attachment.Connect(container));
        Assert.Equal(EngineErrors.ContainerNotRunning, failure.Definition);
    }

    private Container Start(ContainerOptions options) =>
        _store.Containers.Start(_store.Containers.Create(_store.Base, options));

    private static void Say(Attachment attachment, string text)
    {
        int input = attachment.TakeInput();
        Descriptors.WriteAll(input, Encoding.UTF8.GetBytes(text));
        Descriptors.Close(input);
    }

    private static string ReadToEnd(Attachment attachment)
    {
        List<byte> all = [];
        byte[] buffer = new byte[4096];
        while (Descriptors.Read(attachment.Connection, buffer) is > 0 and var count) all.AddRange(buffer.AsSpan(0, count));
        return Encoding.UTF8.GetString([.. all]);
    }
}
