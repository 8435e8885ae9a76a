namespace LayerPS.TestShell.Pester;

/// <summary>What Invoke-Pester -PassThru returns, with the properties of Pester's that scripts count with.</summary>
public sealed class TestRun
{
    private readonly List<TestCase> _tests = [];

    /// <summary>Failed when anything failed, or when no test was there to run.</summary>
    public string Result =>
        IsEmpty || FailedCount + FailedBlocksCount + FailedContainersCount > 0 ? "Failed" : "Passed";

    /// <summary>Tests that ran to their end.</summary>
    public int PassedCount => Count(TestOutcome.Passed);

    /// <summary>Tests that failed, also by what was set up around them.</summary>
    public int FailedCount => Count(TestOutcome.Failed);

    /// <summary>Tests that were not meant to run here.</summary>
    public int SkippedCount => Count(TestOutcome.Skipped);

    /// <summary>Always 0: no command of the stand-in leaves a test undecided.</summary>
    public int InconclusiveCount { get; }

    /// <summary>Blocks whose BeforeAll or AfterAll failed.</summary>
    public int FailedBlocksCount => FailedBlocks;

    /// <summary>Files that could not be read as tests.</summary>
    public int FailedContainersCount => FailedFiles;

    /// <summary>Every test there is: its path, expanded name, result and errors.</summary>
    public IReadOnlyList<TestResult> Tests => _tests.ConvertAll(static test => new TestResult(test));

    internal bool IsEmpty => PassedCount + FailedCount + SkippedCount + FailedContainersCount == 0;

    internal int FailedBlocks { get; set; }

    internal int FailedFiles { get; set; }

    internal void Add(TestBlock root) => _tests.AddRange(root.Tests);

    private int Count(TestOutcome outcome) => _tests.Count(test => test.Outcome == outcome);
}
