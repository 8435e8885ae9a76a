using System.Diagnostics;
using LayerPS.Union;
using Xunit;

namespace LayerPS.Tests.Images;

public sealed class CommandImageTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public void TheBaseCommandsRunInTheImageAlone()
    {
        Image image = _store.Images.CreateFromCommands(ImageCollection.BaseCommands, "base");

        Assert.Equal(["/bin/sh"], image.Config.Cmd);
        Assert.Equal("root /root drwxrwxrwt\n", Run(
            image, "/bin/sh", "-c", "cd ~; echo \"$(id -un) $PWD $(ls -ld /tmp | cut -c1-10)\""));
    }

    [Fact]
    public void TheSameCommandsGiveTheSameLayerOnce()
    {
        Image first = _store.Images.CreateFromCommands(["sh", "ls"], "first");
        Image second = _store.Images.CreateFromCommands(["sh", "ls"], "second");

        Assert.Equal(first.Layers[0].Id, second.Layers[0].Id);
        Assert.Single(_store.Engine.Layers.List());
        Assert.Equal(["first:latest", "second:latest"], second.Layers[0].Images);
    }

    [Fact]
    public void AScriptBringsItsInterpreter()
    {
        string script = Path.Combine(_store.MakeDirectory("scripts"), "greet");
        File.WriteAllText(script, "#!/usr/bin/env -S sh -e\necho hello\n");
        File.SetUnixFileMode(script, (UnixFileMode)0b111_101_101);

        Image image = _store.Images.CreateFromCommands([script], null);

        Assert.Equal([script], image.Config.Cmd);
        Assert.Equal("hello\n", Run(image, script));
    }

    [Fact]
    public void ACommandThatIsNotThereIsNamedWithThePathThatWasSearched()
    {
        EngineException failure = Assert.Throws<EngineException>(
            () => _store.Images.CreateFromCommands(["sh", "no-such-command"], "base"));

        Assert.Equal("ImageCommandNotFound", failure.Definition.Id);
        Assert.Contains("no-such-command", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Environment.GetEnvironmentVariable("PATH")!, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_store.Images.List());
    }

    [Fact]
    public void AProgramWithoutItsLibraryIsRefused()
    {
        // The name of a library in the program's own table of strings is changed to one that is not there.
        byte[] program = File.ReadAllBytes("/bin/true");
        int at = program.AsSpan().IndexOf("libc.so.6"u8);
        "libq.so.6"u8.CopyTo(program.AsSpan(at));
        string path = Path.Combine(_store.MakeDirectory("programs"), "broken");
        File.WriteAllBytes(path, program);
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);

        EngineException failure = Assert.Throws<EngineException>(() => _store.Images.CreateFromCommands([path], "x"));

        Assert.Equal("ImageCommandNotFound", failure.Definition.Id);
        Assert.Contains("libq.so.6", failure.Message, StringComparison.Ordinal);
    }

    private string Run(Image image, params string[] command)
    {
        string upper = _store.MakeDirectory("upper"), work = _store.MakeDirectory("work");
        using UnionMount union = UnionMount.Create(image.LowerPaths, upper, work, UnionMountOptions.Default);
        // chroot(8) takes a directory; the detached mount has one for as long as this process holds it.
        ProcessStartInfo start = new("chroot", [$"/proc/{Environment.ProcessId}/fd/{union.Handle.DangerousGetHandle()}", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (string variable in image.Config.Env) start.Environment.Add(variable.Split('=')[0], variable.Split('=', 2)[1]);
        start.Environment["HOME"] = "/root";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", errors);
        return output;
    }
}
