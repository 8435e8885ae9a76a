namespace LayerPS.TestShell;

/// <summary>Standard input as the lines a pipeline takes.</summary>
internal static class StandardInput
{
    internal static IEnumerable<string> Lines()
    {
        while (Console.In.ReadLine() is { } line)
            yield return line;
    }
}
