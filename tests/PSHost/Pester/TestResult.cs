using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>One test in what Invoke-Pester -PassThru returns.</summary>
public sealed class TestResult
{
    internal TestResult(TestCase test)
    {
        Path = test.Path;
        ExpandedName = test.ExpandedName;
        Result = test.Outcome.ToString();
        ErrorRecord = test.Errors;
        Duration = test.Duration;
    }

    /// <summary>The names as written, joined with dots.</summary>
    public string Path { get; }

    /// <summary>The name with its templates filled in.</summary>
    public string ExpandedName { get; }

    /// <summary>Passed, Failed, Skipped or NotRun.</summary>
    public string Result { get; }

    /// <summary>What went wrong, first thing first.</summary>
    public IReadOnlyList<ErrorRecord> ErrorRecord { get; }

    /// <summary>From its BeforeEach to its AfterEach.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The test's name and how it went.</summary>
    public override string ToString() => $"{Path}: {Result}";
}
