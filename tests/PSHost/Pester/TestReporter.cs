using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace LayerPS.TestShell.Pester;

/// <summary>Tells of each test as it ends, and of the whole in the last line.</summary>
internal sealed class TestReporter(PSHostUserInterface ui, bool detailed)
{
    internal void FileBegins(string path) => Say(0, $"\nRunning tests from '{path}'");

    internal void FileFailed(string path, ErrorRecord error)
    {
        Say(0, $"[-] Discovery in {path} failed with:");
        SayError(1, error);
    }

    internal void Entered(TestBlock block, string name)
    {
        if (detailed && block.Parent is not null)
            Say(Depth(block), name);
    }

    internal void BlockFailed(TestBlock block, string where, Exception error)
    {
        Say(Depth(block), $"[-] {where} of '{block.Name}' failed");
        SayError(Depth(block) + 1, TestError.Of(error));
    }

    internal void Ended(TestCase test)
    {
        var depth = detailed ? Depth(test.Block) + 1 : 0;
        var name = detailed ? test.ExpandedName : test.Path;
        var milliseconds = test.Duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        switch (test.Outcome)
        {
            case TestOutcome.Failed:
                Say(depth, $"[-] {name} {milliseconds}ms");
                test.Errors.ForEach(error => SayError(depth + 1, error));
                break;
            case TestOutcome.Skipped when detailed:
                Say(depth, $"[!] {name}" + (test.Because is null ? string.Empty : $", because {test.Because}"));
                break;
            case TestOutcome.Passed when detailed:
                Say(depth, $"[+] {name} {milliseconds}ms");
                break;
        }
    }

    internal void Sum(TestRun run)
    {
        var failed = run.FailedCount + run.FailedBlocksCount + run.FailedContainersCount;
        Say(0, $"\n{run.PassedCount} passed, {failed} failed, {run.SkippedCount} skipped");
    }

    private static int Depth(TestBlock block) => block.Ancestors.Count();

    private void SayError(int depth, ErrorRecord error)
    {
        var place = error.InvocationInfo?.PositionMessage ?? string.Empty;
        foreach (var line in error.Exception.Message.Split('\n').Concat(place.Split('\n').Take(2)))
            Say(depth, line);
    }

    private void Say(int depth, string text) => ui.WriteLine(new string(' ', depth) + text);
}
