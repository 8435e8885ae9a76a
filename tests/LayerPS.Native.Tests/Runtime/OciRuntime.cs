using System.Diagnostics;
using System.Text.Json.Nodes;
using LayerPS.Containers;
using LayerPS.Tests.Containers;

namespace LayerPS.Tests.Runtime;

/// <summary>The commands of <c>layerps-runtime</c>, as an engine calls them, on containers of one bundle.</summary>
internal sealed class OciRuntime : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private int _commands;

    static OciRuntime() => ContainerStore.UseBuiltRuntime();

    internal Bundle Bundle { get; } = new();

    /// <summary>A name that no other test has.</summary>
    internal string Id { get; } = $"oci-test-{Guid.NewGuid():n}";

    internal int Pid => (int)State()["pid"]!;

    internal string Status => (string)State()["status"]!;

    /// <summary>Runs one command to its end.</summary>
    internal OciResult Try(params string[] words)
    {
        // A container keeps the streams of whoever creates it, so they are files.
        string output = Bundle.PathOf($"{++_commands}.output"), error = Bundle.PathOf($"{_commands}.error");
        string[] script = ["-c", "exec \"$0\" \"$@\" </dev/null >\"$OUTPUT\" 2>\"$ERROR\"", RuntimeProgram.Path, "--root", Bundle.Root];
        ProcessStartInfo start = new("/bin/sh", [.. script, .. words]) { WorkingDirectory = Bundle.Path };
        (start.Environment["OUTPUT"], start.Environment["ERROR"]) = (output, error);
        using Process process = Process.Start(start)!;
        if (!process.WaitForExit(Patience)) process.Kill();
        return new OciResult(process.ExitCode, File.ReadAllText(output), File.ReadAllText(error));
    }

    /// <summary>As <see cref="Try"/>, for what must work.</summary>
    internal string Do(params string[] words)
    {
        OciResult result = Try(words);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{string.Join(' ', words)}: {result.ExitCode}: {result.Error}{result.Output}");
    }

    internal void Create(params string[] options) => Do(["create", .. options, Id]);

    internal JsonNode State() => JsonNode.Parse(Do("state", Id))!;

    internal void AwaitStatus(string status)
    {
        long limit = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (Status != status)
        {
            if (Environment.TickCount64 > limit) throw new TimeoutException($"It is {Status}, not {status}.");
            Thread.Sleep(5);
        }
    }

    public void Dispose()
    {
        _ = Try("delete", "--force", Id);
        Bundle.Dispose();
    }
}
