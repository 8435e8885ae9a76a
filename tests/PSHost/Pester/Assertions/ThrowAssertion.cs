using System.Management.Automation;

namespace LayerPS.TestShell.Pester.Assertions;

/// <summary>Should -Throw: runs a script block in a scope of its own and looks at the error that ends it.</summary>
internal static class ThrowAssertion
{
    internal static Assertion Check(
        PSCmdlet caller, object? actual, string? message, string? errorId, Type? exceptionType, bool negated,
        out ErrorRecord? error)
    {
        if (ValueText.Bare(actual) is not ScriptBlock script)
            throw new PSArgumentException("Should -Throw takes a script block: { ... } | Should -Throw.");
        error = Run(caller, script);
        if (error is null)
            return new Assertion(false, "an exception to be thrown", "none was");
        if (negated)
            return new Assertion(true, "an exception to be thrown", $"this one was: {error.Exception.Message}");

        var wanted = new List<string>();
        var differences = new List<string>();
        Compare("the message", message, error.Exception.Message, wanted, differences);
        Compare("the error id", errorId, error.FullyQualifiedErrorId, wanted, differences);
        if (exceptionType is not null)
        {
            wanted.Add($"of type [{exceptionType.FullName}]");
            if (!exceptionType.IsInstanceOfType(error.Exception))
                differences.Add($"its type was [{error.Exception.GetType().FullName}]");
        }

        return new Assertion(
            differences.Count == 0, $"an exception {string.Join(" and ", wanted)} to be thrown",
            string.Join(" and ", differences));
    }

    private static void Compare(
        string what, string? pattern, string actual, List<string> wanted, List<string> differences)
    {
        if (string.IsNullOrWhiteSpace(pattern))
            return;
        wanted.Add($"with {what} like '{pattern}'");
        if (!new WildcardPattern(pattern, WildcardOptions.IgnoreCase).IsMatch(actual))
            differences.Add($"{what} was '{actual}'");
    }

    private static ErrorRecord? Run(PSCmdlet caller, ScriptBlock script)
    {
        try
        {
            caller.InvokeCommand.InvokeScript(true, script, null);
            return null;
        }
        catch (PipelineStoppedException)
        {
            throw;
        }
        catch (RuntimeException e)
        {
            return TestError.Of(e);
        }
    }
}
