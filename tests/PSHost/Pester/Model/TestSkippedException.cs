using System.Management.Automation;

namespace LayerPS.TestShell.Pester;

/// <summary>Ends a test that found it cannot run here.</summary>
internal sealed class TestSkippedException(string? because)
    : RuntimeException(because is null ? "is skipped" : $"is skipped, because {because}")
{
    internal string? Because { get; } = because;
}
