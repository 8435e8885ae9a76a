namespace LayerPS.TestShell.Pester;

/// <summary>How a test went.</summary>
public enum TestOutcome
{
    /// <summary>A filter left it out, or its file broke off before it.</summary>
    NotRun,

    /// <summary>It ran to its end.</summary>
    Passed,

    /// <summary>It, or something set up around it, threw.</summary>
    Failed,

    /// <summary>It was not meant to run here.</summary>
    Skipped,
}
