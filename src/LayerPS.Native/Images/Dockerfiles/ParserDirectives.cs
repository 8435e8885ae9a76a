namespace LayerPS.Dockerfiles;

/// <summary>
/// The lines <c># name=value</c> at the top of a Dockerfile (Dockerfile reference, "Parser directives"): nothing may
/// stand before them, and each is given once.
/// </summary>
/// <param name="Escape">The character that continues lines and escapes others: a backslash or a backtick.</param>
/// <param name="Syntax">The frontend that the file was written for; null where it does not say.</param>
/// <param name="Check">What it wants of checks; null where it does not say.</param>
/// <param name="LineCount">How many lines they take.</param>
internal sealed record ParserDirectives(char Escape, string? Syntax, string? Check, int LineCount)
{
    private static readonly string[] Names = ["escape", "syntax", "check"];

    /// <exception cref="EngineException">DockerfileInvalid.</exception>
    internal static ParserDirectives Read(DockerfileText file)
    {
        Dictionary<string, string> found = [];
        int line = 0;
        // A line for the kernel's "#!" may come first.
        if (file.Lines[0].StartsWith("#!", StringComparison.Ordinal)) line++;
        for (; line < file.Lines.Length; line++)
        {
            if (TrySplit(file.Lines[line]) is not { } directive || !Names.Contains(directive.Name)) break;
            TextPosition at = new(line + 1, file.Lines[line].IndexOf('#', StringComparison.Ordinal) + 1);
            if (!found.TryAdd(directive.Name, directive.Value))
                throw file.Fault(at, $"the directive '{directive.Name}' is given twice");
            if (directive.Name == "escape" && directive.Value is not ("\\" or "`"))
                throw file.Fault(at, $"the escape character is '\\' or '`', not '{directive.Value}'");
        }

        return new ParserDirectives(
            found.TryGetValue("escape", out string? escape) ? escape[0] : '\\',
            found.GetValueOrDefault("syntax"), found.GetValueOrDefault("check"), line);
    }

    private static (string Name, string Value)? TrySplit(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().Trim();
        if (text.IsEmpty || text[0] != '#') return null;
        int equals = text.IndexOf('=');
        if (equals < 0) return null;
        string name = text[1..equals].Trim().ToString().ToLowerInvariant();
        string value = text[(equals + 1)..].Trim().ToString();
        return value.Length == 0 || !name.All(char.IsAsciiLetterOrDigit) ? null : (name, value);
    }
}
