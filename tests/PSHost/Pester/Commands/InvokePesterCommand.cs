using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Commands;

/// <summary>Finds test files, discovers what is in them, and runs it.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Pester")]
public sealed class InvokePesterCommand : PSCmdlet
{
    /// <summary>Test files, or folders to look for *.Tests.ps1 in.</summary>
    [Parameter(Position = 0)]
    public string[] Path { get; set; } = ["."];

    /// <summary>Only tests whose names, joined with dots, are like one of these.</summary>
    [Parameter]
    public string[]? FullNameFilter { get; set; }

    /// <summary>Detailed names every test, Normal those that failed.</summary>
    [Parameter]
    [ValidateSet("Detailed", "Normal")]
    public string Output { get; set; } = "Normal";

    /// <summary>Makes the host exit with 1 when the run failed.</summary>
    [Parameter]
    public SwitchParameter CI { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void EndProcessing()
    {
        var run = new TestRun();
        var reporter = new TestReporter(Host.UI, Output == "Detailed");
        var scope = new UserScope(this);
        foreach (var (path, root) in Discover(Files(), run, reporter, scope))
        {
            if (root.Tests.Any(IsChosen))
                reporter.FileBegins(path);
            new TestRunner(scope, reporter, run, IsChosen).RunFile(root);
        }

        if (run.IsEmpty)
        {
            var like = FullNameFilter is null ? string.Empty : $" like '{string.Join("', '", FullNameFilter)}'";
            Host.UI.WriteErrorLine($"No test was found{like}.");
        }

        reporter.Sum(run);
        if (CI && run.Result == "Failed")
            Host.SetShouldExit(1);
        if (PassThru)
            WriteObject(run);
    }

    // Every file is discovered before the first is run.
    private static List<(string Path, TestBlock Root)> Discover(
        IEnumerable<string> files, TestRun run, TestReporter reporter, UserScope scope)
    {
        var found = new List<(string, TestBlock)>();
        foreach (var file in files)
        {
            try
            {
                var root = Discovery.Discover(file, scope);
                run.Add(root);
                found.Add((file, root));
            }
            catch (PipelineStoppedException)
            {
                throw;
            }
#pragma warning disable CA1031 // Whatever a file throws in discovery is that file's failure.
            catch (Exception e)
#pragma warning restore CA1031
            {
                run.FailedFiles++;
                reporter.FileFailed(file, TestError.Of(e));
            }
        }

        return found;
    }

    private bool IsChosen(TestCase test) => FullNameFilter is null || Array.Exists(
        FullNameFilter, filter => new WildcardPattern(filter, WildcardOptions.IgnoreCase).IsMatch(test.Path));

    private IEnumerable<string> Files()
    {
        foreach (var path in Path.SelectMany(path => GetResolvedProviderPathFromPSPath(path, out _)))
        {
            if (!Directory.Exists(path))
            {
                yield return path;
                continue;
            }

            var found = Directory.EnumerateFiles(path, "*.Tests.ps1", SearchOption.AllDirectories);
            foreach (var file in found.Order(StringComparer.Ordinal))
                yield return file;
        }
    }
}
