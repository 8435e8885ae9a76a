namespace LayerPS.Dockerfiles;

/// <summary>A command as an instruction gives it (Dockerfile reference, "Shell and exec form").</summary>
/// <param name="Words">The JSON array's strings, or one line for the shell.</param>
/// <param name="IsShell">Whether it is a line for the shell.</param>
internal sealed record CommandForm(IReadOnlyList<string> Words, bool IsShell)
{
    /// <summary>What is executed.</summary>
    /// <param name="shell">The shell that SHELL chose.</param>
    internal IReadOnlyList<string> ToArguments(IReadOnlyList<string> shell) =>
        IsShell ? [.. shell, Words[0]] : Words;
}
